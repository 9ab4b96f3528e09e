const TELLING = 250;

const painter = new Painter('canvas');
const tables = Object.fromEntries(Object.entries(COLOURS).map(([name, text]) => [name, fromBase64(text)]));
const charts = { probability: new Chart(find('probability'), 0, 1), road: new Chart(find('road'), -0.5, 0.5) };
const mosaic = new Mosaic(paint, (layer) => send({ type: 'show', layer }), drawAgain);
const classes = new ClassList(() => setup.classes, (target) => settings({ target }));
const look = { colours: 'jet', norm: 'local', alpha: 0.5 };

let socket = null;
let setup = null;
let waiting = null;
let last = null;
let told = 0;
let isDue = false;
let delay = 250;

// ---- the socket: the newest frame is drawn, then the server is told; it sends no more than two ahead

function connect() {
  socket = new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/live`);
  socket.binaryType = 'arraybuffer';
  socket.onopen = () => { delay = 250; };
  socket.onmessage = (event) => {
    if (typeof event.data === 'string') { hear(JSON.parse(event.data)); return; }
    if (waiting) send({ type: 'drawn' });
    waiting = event.data;
    // At once, so that the screen's next frame shows it; a page that is not seen waits until it is.
    if (document.hidden) requestAnimationFrame(drawWaiting);
    else drawWaiting();
  };
  socket.onclose = () => {
    status('Connection lost, trying again', 'lost');
    setTimeout(connect, delay);
    delay = Math.min(delay * 2, 5000);
  };
}

function send(message) {
  if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(message));
}

function hear(message) {
  const alert = find('message');
  if (message.type === 'error') {
    alert.textContent = message.message;
    alert.hidden = false;
    return;
  }
  if (!setup) begin(message);
  setup = message;
  find('model').textContent = setup.model;
  find('source').textContent = setup.source;
  press('pause', setup.isPaused, setup.isPaused ? 'Go on' : 'Pause');
  press('record', setup.isRecording, setup.isRecording ? 'Stop recording' : 'Record');
  const link = find('recording');
  link.hidden = !setup.recording;
  if (setup.recording) link.href = `recordings/${setup.recording}`;
  fill('method', setup.methods, setup.method);
  setValue('target', setup.target);
  setValue('layers', setup.layerSelection);
  const names = find('class-names');
  if (names.children.length === 0) names.append(...['top', ...setup.classes].map((value) => element('option', { value })));
  mosaic.lay(setup.layers, setup.model);
  if (setup.ended) status(setup.ended, 'ended');
  else if (setup.isPaused) status('Paused', 'paused');
  else status('Live', 'live');
}

function drawWaiting() {
  if (!waiting) return;
  const packet = waiting;
  waiting = null;
  const frame = read(packet);
  // Layers that this page does not know yet come with the setup that follows.
  if (setup && fits(frame)) {
    last = frame;
    draw(frame);
    remember(frame);
  }
  Object.assign(document.body.dataset, { frame: frame.number, received: frame.received });
  send({ type: 'drawn' });
}

const fits = (frame) => frame.maps.length / 4 === setup.layers.length;

function read(packet) {
  const length = new DataView(packet).getInt32(0, true);
  const frame = JSON.parse(new TextDecoder().decode(new Uint8Array(packet, 4, length)));
  let at = 4 + length;
  frame.picture = { width: frame.width, height: frame.height, rgb: new Uint8Array(packet, at, frame.width * frame.height * 3) };
  at += frame.picture.rgb.length;
  frame.values = (setup?.layers ?? []).map((layer) => {
    const size = layer.width * layer.height;
    const values = at + size <= packet.byteLength ? new Uint8Array(packet, at, size) : null;
    at += size;
    return values;
  });
  return frame;
}

// ---- drawing: pixels at once, words a few times a second

function draw(frame) {
  painter.setPicture(frame.picture);
  paintPicture(frame.picture);
  mosaic.draw(frame.shown);
  if (frame.shown < 0) {
    // No map of this picture: none of an earlier one stays beside it.
    clear(find('large'));
    write(find('shown'), '-');
    return;
  }
  paint(find('large'), frame.shown);
  write(find('shown'), setup.layers[frame.shown].name || setup.model);
}

function clear(canvas) {
  canvas.width = canvas.width;
}

function drawAgain() {
  if (isDue) return;
  isDue = true;
  requestAnimationFrame(() => {
    isDue = false;
    if (last && fits(last)) draw(last);
  });
}

function paint(canvas, i, place) {
  const layer = setup.layers[i];
  const values = last.values[i];
  if (!layer || !values) return;
  const [low, high, minimum, maximum] = last.maps.slice(4 * i, 4 * i + 4);
  const scale = look.norm === 'local' ? normalisation(low, high, minimum, maximum) : normalisation(low, high, last.globalMinimum, last.globalMaximum);
  painter.paint(canvas, { map: { width: layer.width, height: layer.height, values }, first: scale, second: scale, wipe: 0, share: 0, alpha: look.alpha }, place);
}

let pixels = null;
function paintPicture({ width, height, rgb }) {
  const canvas = find('picture');
  if (pixels?.width !== width || pixels?.height !== height) {
    pixels = new ImageData(width, height);
    [canvas.width, canvas.height] = [width, height];
  }
  const { data } = pixels;
  for (let i = 0, j = 0; i < rgb.length; i += 3, j += 4) {
    data[j] = rgb[i];
    data[j + 1] = rgb[i + 1];
    data[j + 2] = rgb[i + 2];
    data[j + 3] = 255;
  }
  (canvas.context ??= canvas.getContext('2d', { alpha: false, willReadFrequently: true })).putImageData(pixels, 0, 0);
}

function remember(frame) {
  const now = performance.now();
  charts.probability.add(now, frame.probability);
  if (frame.road !== undefined) charts.road.add(now, frame.road);
  if (now - told < TELLING) return;
  told = now;
  // With the screen's frame after the one that shows the maps, which waits for no words.
  requestAnimationFrame(() => requestAnimationFrame(() => tell(last)));
}

function tell(frame) {
  write(find('latency'), `${frame.latency.toFixed(0)} ms`);
  write(find('rate'), `${frame.rate.toFixed(1)} fps`);
  write(find('dropped'), String(frame.dropped));
  classes.show(frame.top, frame.classIndex);
  for (const chart of Object.values(charts)) chart.draw(performance.now());
}

// ---- controls

function press(id, on, text) {
  find(id).setAttribute('aria-pressed', String(on));
  find(id).textContent = text;
}

function setValue(id, value) {
  if (document.activeElement !== find(id)) find(id).value = value;
}

function fill(id, values, value) {
  const select = find(id);
  if (select.children.length === 0) select.append(...values.map((name) => new Option(name, name)));
  select.value = value;
}

function status(text, state) {
  find('status').textContent = text;
  find('status').dataset.state = state;
  document.body.dataset.state = state;
}

/** The page opens as the command was told to. */
function begin({ colorMap, alpha }) {
  Object.assign(look, { colours: colorMap, alpha });
  fill('colours', Object.keys(COLOURS), colorMap);
  find('alpha').value = 100 * alpha;
  painter.setColours(tables[colorMap]);
}

/** Another look of the maps; a recording follows it. */
function change(difference) {
  Object.assign(look, difference);
  painter.setColours(tables[look.colours]);
  drawAgain();
  send({ type: 'look', colorMap: look.colours, alpha: look.alpha });
}

function settings(change) {
  find('message').hidden = true;
  send({ type: 'settings', ...change });
}

find('pause').onclick = () => send({ type: 'pause', on: !setup.isPaused });
find('record').onclick = () => {
  send({ type: 'look', colorMap: look.colours, alpha: look.alpha });
  send({ type: 'record', on: !setup.isRecording });
};
find('target').onchange = (event) => settings({ target: event.target.value || 'top' });
find('layers').onchange = (event) => settings({ layers: event.target.value || 'all' });
find('method').onchange = (event) => settings({ method: event.target.value });
find('colours').onchange = (event) => change({ colours: event.target.value });
find('alpha').oninput = (event) => change({ alpha: event.target.value / 100 });
find('controls').onsubmit = (event) => { event.preventDefault(); document.activeElement.blur(); };
document.querySelectorAll('[name="norm"]').forEach((choice) => { choice.onchange = () => change({ norm: choice.value }); });
connect();
