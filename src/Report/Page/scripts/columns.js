/** The maps: a column for every target and method, all at the same layer. */
class Columns {
  #report;
  #painter;
  #columns;
  #state = null;
  #change;

  constructor(report, painter, change) {
    this.#report = report;
    this.#painter = painter;
    this.#change = change;
    this.#columns = report.columns.map((column, i) => this.#build(column, i));
    const place = find('columns');
    place.dataset.count = Math.min(report.columns.length, 3);
    place.style.setProperty('--aspect', `${report.picture.width} / ${report.picture.height}`);
    place.append(...this.#columns.map((c) => c.element));
    const observer = new ResizeObserver(() => this.#fit());
    this.#columns.forEach((c) => c.panels.forEach((p) => observer.observe(p.canvas)));
  }

  show(state) {
    this.#state = state;
    for (const { column, panels, divider } of this.#columns) {
      const frame = column.frames[state.frame];
      const layer = this.#report.layers[state.frame].name;
      for (const panel of panels) this.#showPanel(panel, frame, column, layer, state);
      divider.hidden = state.view !== 'wipe';
      divider.style.left = `${100 * state.wipe}%`;
    }
  }

  #showPanel(panel, frame, column, layer, state) {
    panel.figure.hidden = panel.kind === 'global' && state.view !== 'side';
    if (panel.figure.hidden) return;
    const isBoth = state.view !== 'side';
    const title = !isBoth ? panel.kind : state.view === 'wipe' ? 'local | global' : 'local and global';
    write(panel.title, frame ? title : `${title}: no map`);
    write(panel.low, frame ? number(isBoth || panel.kind === 'global' ? column.globalMin : frame.min) : '');
    write(panel.high, frame ? number(isBoth || panel.kind === 'global' ? column.globalMax : frame.max) : '');
    panel.bar.hidden = !frame || isBoth;
    panel.low.hidden = panel.high.hidden = isBoth;
    panel.canvas.setAttribute('aria-label', `${title} map of ${layer}${this.#columns.length > 1 ? `, ${column.name}` : ''}`);
    if (panel.canvas.width && panel.canvas.height) paintPanel(this.#painter, this.#report.picture, panel.canvas, panelView(frame, panel.kind, state));
  }

  #build(column, index) {
    const panels = ['local', 'global'].map((kind) => {
      const [title, low, bar, high] = ['panel-title', 'low', 'bar', 'high'].map((name) => element('span', { class: name }));
      const canvas = element('canvas', { role: 'img', width: 0, height: 0 });
      const frame = element('div', { class: 'frame' }, canvas);
      const figure = element('figure', { class: 'panel' }, frame, element('figcaption', {}, title, element('span', { class: 'range-of' }, low, bar, high)));
      return { kind, canvas, frame, figure, title, low, bar, high };
    });
    const divider = element('span', { class: 'divider', hidden: true, 'aria-hidden': 'true' });
    panels[0].frame.append(divider);
    this.#dragWipe(panels[0].frame);
    const head = element('h3', {}, element('span', { class: 'swatch', 'data-column': index % 6 }), `${column.method} `, element('strong', { text: column.target }), ' ', element('span', { class: 'quiet', text: percent(column.probability) }));
    head.hidden = this.#report.columns.length === 1;
    const box = element('section', { class: 'column', 'aria-label': column.name }, head, element('div', { class: 'panels' }, ...panels.map((p) => p.figure)));
    return { column, panels, divider, element: box };
  }

  #dragWipe(frame) {
    const to = (event) => {
      const place = frame.getBoundingClientRect();
      this.#change({ wipe: Math.min(1, Math.max(0, (event.clientX - place.left) / place.width)) });
    };
    frame.addEventListener('pointerdown', (event) => {
      if (this.#state.view !== 'wipe' || event.button !== 0) return;
      frame.setPointerCapture(event.pointerId);
      to(event);
    });
    frame.addEventListener('pointermove', (event) => {
      if (frame.hasPointerCapture(event.pointerId)) to(event);
    });
  }

  // As many pixels as the screen has there.
  #fit() {
    const { picture } = this.#report;
    let isChanged = false;
    for (const { canvas } of this.#columns.flatMap((c) => c.panels)) {
      const width = Math.min(Math.round(canvas.clientWidth * devicePixelRatio), this.#painter.largestSide);
      const height = Math.max(1, Math.round((width * picture.height) / picture.width));
      if (width > 0 && (canvas.width !== width || canvas.height !== height)) {
        [canvas.width, canvas.height] = [width, height];
        isChanged = true;
      }
    }
    if (isChanged && this.#state) this.show(this.#state);
  }
}

const NO_MAP = { width: 1, height: 1, values: new Uint8Array(1) };
const NO_RANGE = { offset: 0, gain: 0 };

/** What a painter needs for a panel; without a map the picture alone. */
function panelView(frame, kind, state) {
  if (!frame) return { map: NO_MAP, first: NO_RANGE, second: NO_RANGE, wipe: 0, share: 0, alpha: 0 };
  const { map, local, global } = frame;
  if (state.view === 'wipe') return { map, first: local, second: global, wipe: state.wipe, share: 1, alpha: state.alpha };
  if (state.view === 'overlay') return { map, first: local, second: global, wipe: 0, share: state.blend, alpha: state.alpha };
  return { map, first: kind === 'local' ? local : global, second: NO_RANGE, wipe: 0, share: 0, alpha: state.alpha };
}
