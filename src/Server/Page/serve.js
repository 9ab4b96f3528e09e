const painter = new Painter('canvas');
const tables = Object.fromEntries(Object.entries(COLOURS).map(([name, text]) => [name, fromBase64(text)]));
const mosaic = new Mosaic(paint, (layer) => show(layer < 0 ? shown : layer), drawAgain);
const classes = new ClassList(() => SERVED.classes, (target) => { find('target').value = target; ask(); });
const look = { colours: 'jet', norm: 'local', alpha: 0.5 };

let file = null;
let last = null;
let shown = -1;
let asking = null;
let isDue = false;

// ---- asking: the newest question counts, an answer to an older one is not waited for

function fields() {
  return new URLSearchParams({ target: find('target').value || 'top', method: find('method').value, layers: find('layers').value || 'all' });
}

async function post(accept, query, signal) {
  const answer = await fetch(`api/explain?${query}`, { method: 'POST', body: file, headers: { 'Content-Type': 'application/octet-stream', Accept: accept }, signal });
  if (!answer.ok) throw new Error((await answer.json().catch(() => null))?.detail ?? `${answer.status} ${answer.statusText}`);
  return answer;
}

async function ask() {
  if (!file) return;
  asking?.abort();
  const mine = asking = new AbortController();
  const name = file.name;
  find('message').hidden = true;
  status('Working', 'working');
  try {
    const answer = await post('application/vnd.camanim.maps', fields(), mine.signal);
    take(read(await answer.arrayBuffer()), name);
  } catch (error) {
    if (mine === asking) fail(error);
  }
}

function fail(error) {
  status('Refused', 'lost');
  find('message').textContent = error.message;
  find('message').hidden = false;
}

function read(packet) {
  const length = new DataView(packet).getInt32(0, true);
  const { report, ranges } = JSON.parse(new TextDecoder().decode(new Uint8Array(packet, 4, length)));
  const size = report.inputWidth * report.inputHeight * 3;
  let at = 4 + length;
  const picture = { width: report.inputWidth, height: report.inputHeight, rgb: new Uint8Array(packet, at, size) };
  at += size;
  const values = report.frames.map(({ width, height }) => {
    const map = new Uint8Array(packet, at, width * height);
    at += map.length;
    return map;
  });
  return { report, ranges, picture, values };
}

function take(answer, name) {
  last = answer;
  const { report } = answer;
  write(find('name'), name);
  status(`${report.className || `class ${report.classIndex}`}, ${report.frames.length} layers in ${report.milliseconds.toFixed(0)} ms`, 'live');
  classes.show(report.top.flatMap((c) => [c.index, c.probability ?? 0]), report.classIndex);
  mosaic.lay(report.frames, report.model);
  painter.setPicture(answer.picture);
  paintPicture(answer.picture);
  find('video').disabled = false;
  show(Math.min(shown < 0 ? report.frames.length - 1 : shown, report.frames.length - 1));
}

// ---- drawing

function show(layer) {
  shown = layer;
  drawAgain();
}

function drawAgain() {
  if (isDue) return;
  isDue = true;
  requestAnimationFrame(() => {
    isDue = false;
    if (!last) return;
    mosaic.draw(shown);
    paint(find('large'), shown);
    write(find('shown'), last.report.frames[shown].name || last.report.model);
    document.body.dataset.shown = String(shown);
  });
}

function paint(canvas, i, place) {
  const frame = last?.report.frames[i];
  if (!frame) return;
  const [low, high] = [last.ranges[2 * i], last.ranges[2 * i + 1]];
  const { minimum, maximum, width, height } = frame;
  const { globalMinimum, globalMaximum } = last.report;
  const scale = look.norm === 'local' ? normalisation(low, high, minimum ?? 0, maximum ?? 0) : normalisation(low, high, globalMinimum ?? 0, globalMaximum ?? 0);
  painter.paint(canvas, { map: { width, height, values: last.values[i] }, first: scale, second: scale, wipe: 0, share: 0, alpha: look.alpha }, place);
}

function paintPicture({ width, height, rgb }) {
  const canvas = find('picture');
  [canvas.width, canvas.height] = [width, height];
  const pixels = new ImageData(width, height);
  for (let i = 0, j = 0; i < rgb.length; i += 3, j += 4) pixels.data.set([rgb[i], rgb[i + 1], rgb[i + 2], 255], j);
  canvas.getContext('2d', { alpha: false, willReadFrequently: true }).putImageData(pixels, 0, 0);
}

// ---- controls

function status(text, state) {
  write(find('status'), text);
  find('status').dataset.state = state;
  document.body.dataset.state = state;
}

function choose(files) {
  const [first] = files ?? [];
  if (!first) return;
  file = first;
  ask();
}

function change(difference) {
  Object.assign(look, difference);
  painter.setColours(tables[look.colours]);
  drawAgain();
}

async function saveVideo() {
  const query = fields();
  query.set('norm', 'both');
  query.set('colormap', look.colours);
  find('video').disabled = true;
  try {
    const answer = await post('video/mp4', query);
    const address = URL.createObjectURL(await answer.blob());
    element('a', { href: address, download: `${file.name.replace(/\.[^.]*$/, '')}.mp4` }).click();
    setTimeout(() => URL.revokeObjectURL(address), 60000);
  } catch (error) {
    fail(error);
  } finally {
    find('video').disabled = false;
  }
}

find('model').textContent = SERVED.model;
find('class-names').append(...['top', ...SERVED.classes].map((value) => element('option', { value })));
find('method').append(...SERVED.methods.map((name) => new Option(name, name)));
find('colours').append(...Object.keys(COLOURS).map((name) => new Option(name, name)));
find('colours').value = look.colours;
painter.setColours(tables[look.colours]);

find('file').onchange = (event) => choose(event.target.files);
for (const id of ['target', 'method', 'layers']) find(id).onchange = ask;
find('colours').onchange = (event) => change({ colours: event.target.value });
find('alpha').oninput = (event) => change({ alpha: event.target.value / 100 });
document.querySelectorAll('[name="norm"]').forEach((choice) => { choice.onchange = () => change({ norm: choice.value }); });
find('controls').onsubmit = (event) => { event.preventDefault(); document.activeElement.blur(); };
find('video').onclick = saveVideo;

addEventListener('dragover', (event) => { event.preventDefault(); document.body.classList.add('over'); });
addEventListener('dragleave', (event) => { if (!event.relatedTarget) document.body.classList.remove('over'); });
addEventListener('drop', (event) => {
  event.preventDefault();
  document.body.classList.remove('over');
  choose(event.dataTransfer.files);
});
addEventListener('paste', (event) => choose(event.clipboardData.files));
addEventListener('keydown', (event) => {
  if (!last || event.target.closest('input, select') || !['ArrowLeft', 'ArrowRight'].includes(event.key)) return;
  event.preventDefault();
  const count = last.report.frames.length;
  show((shown + (event.key === 'ArrowRight' ? 1 : count - 1)) % count);
});
