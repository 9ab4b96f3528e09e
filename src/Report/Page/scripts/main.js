/** Puts the page together: one state, changed in one place, shown at most once a frame of the screen. */
async function open() {
  // '#theme=dark', '#frame=12', and for tests and comparisons '#draw=webgl' and '#draw=canvas', joined by '&'.
  const options = new URLSearchParams(location.hash.slice(1));
  listenToTheme(options.get('theme'));
  const report = await readReport();
  const last = report.layers.length - 1;
  const best = report.columns[0].best;
  const asked = Number(options.get('frame')) - 1;
  const state = { frame: asked >= 0 && asked <= last ? asked : best ?? last, view: 'side', wipe: 0.5, blend: 0.5, alpha: report.alpha, colours: report.colourMap, speed: Number(find('speed').value), isPlaying: false };
  let isDue = false;
  let parts = [];
  const show = () => {
    isDue = false;
    for (const part of parts) part.show(state);
  };
  const change = (difference) => {
    Object.assign(state, difference);
    state.frame = Math.min(last, Math.max(0, state.frame));
    if (difference.colours) colour();
    if (!isDue) {
      isDue = true;
      requestAnimationFrame(show);
    }
  };
  const select = (frame) => change({ frame, isPlaying: false });

  const painter = new Painter(options.get('draw'), () => change({}));
  const colour = () => {
    const { table } = report.colourMaps.find((m) => m.name === state.colours);
    painter.setColours(table);
    document.documentElement.style.setProperty('--colours', gradient(table));
  };
  painter.setPicture(report.picture.under);
  colour();
  document.documentElement.dataset.painter = painter.kind;

  describe(report);
  showBest(report, select);
  showNotes(report);
  const stages = new Stages(report, select);
  const playback = new Playback(report, state, change);
  parts = [new Facts(report), new Curve(report, select), stages, playback, new Columns(report, painter, change), new ViewControls(report, state, change), new Outline(report, select), new Downloads(report, painter, state), new Address(options, state.frame)];
  listenToKeys(state, stages, report.layers.length, change, playback);
  show();
  document.documentElement.dataset.ready = '';
  performance.mark('ready');
}

/** The address follows the layer, so that it can be sent; a moment later, since browsers take few changes a second. */
class Address {
  #options;
  #frame;
  #due = 0;

  constructor(options, frame) {
    this.#options = options;
    this.#frame = frame;
  }

  show(state) {
    if (state.frame === this.#frame || state.isPlaying) return;
    this.#frame = state.frame;
    clearTimeout(this.#due);
    this.#due = setTimeout(() => {
      this.#options.set('frame', state.frame + 1);
      history.replaceState(null, '', `#${this.#options}`);
    }, 250);
  }
}

function describe(report) {
  const [column, ...others] = report.columns;
  const targets = [...new Set(report.columns.map((c) => c.target))];
  const methods = [...new Set(report.columns.map((c) => c.method))];
  write(find('target'), targets.join(', '));
  write(find('probability'), others.length === 0 ? percent(column.probability) : '');
  write(find('subject'), `${report.model} \u00b7 ${methods.join(', ')} \u00b7 ${several(report.layers.length, 'layer', 'layers')}`);
  find('prediction').hidden = !report.prediction;
  write(find('prediction'), report.prediction ?? '');
  find('warnings').hidden = report.warnings.length === 0;
  find('warnings').append(...report.warnings.map((text) => element('p', { class: 'notice', text })));
}

open().catch((error) => {
  find('problem').hidden = false;
  write(find('problem'), `The page could not be drawn: ${error.message} It needs a browser of 2024 or later.`);
  throw error;
});
