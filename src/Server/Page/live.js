const LARGE = 256;
const TILE = 88;
const MINUTE = 60000;

const byId = (id) => document.getElementById(id);
const painter = new Painter('canvas');
const tilePainter = new Painter('canvas');
const tables = Object.fromEntries(Object.entries(COLOURS).map(([name, text]) => [name, fromBase64(text)]));
const history = { probability: [], road: [] };
const look = { colours: 'jet', norm: 'local', alpha: 0.55 };

let socket = null;
let setup = null;
let waiting = null;
let last = null;
let pinned = -1;
let delay = 250;

// ---- the socket: the newest frame is drawn, then the server is told; it sends no more than two ahead

function connect() {
  socket = new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/live`);
  socket.binaryType = 'arraybuffer';
  socket.onopen = () => { delay = 250; };
  socket.onmessage = (event) => {
    if (typeof event.data === 'string') { hear(JSON.parse(event.data)); return; }
    if (waiting) send({ type: 'drawn' });
    else requestAnimationFrame(drawWaiting);
    waiting = event.data;
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
  const alert = byId('message');
  if (message.type === 'error') {
    alert.textContent = message.message;
    alert.hidden = false;
    return;
  }
  setup = message;
  byId('model').textContent = setup.model;
  byId('source').textContent = setup.source;
  press('pause', setup.isPaused, setup.isPaused ? 'Go on' : 'Pause');
  press('record', setup.isRecording, setup.isRecording ? 'Stop recording' : 'Record');
  const link = byId('recording');
  link.hidden = !setup.recording;
  if (setup.recording) link.href = `recordings/${setup.recording}`;
  fill('method', setup.methods, setup.method);
  setValue('target', setup.target);
  setValue('layers', setup.layerSelection);
  const names = byId('class-names');
  if (names.children.length === 0) names.append(...['top', ...setup.classes].map((name) => Object.assign(document.createElement('option'), { value: name })));
  layTiles();
  if (setup.ended) status(setup.ended, 'ended');
  else if (setup.isPaused) status('Paused', 'paused');
  else status('Live', 'live');
}

function drawWaiting() {
  const packet = waiting;
  waiting = null;
  const frame = read(packet);
  // Layers that this page does not know yet come with the setup that follows.
  if (setup && frame.maps.length / 4 === setup.layers.length) {
    last = frame;
    draw(frame);
    remember(frame);
    numbers(frame);
  }
  Object.assign(document.body.dataset, { frame: frame.number, received: frame.received });
  send({ type: 'drawn' });
}

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

// ---- drawing

function draw(frame) {
  painter.setPicture(frame.picture);
  tilePainter.setPicture(frame.picture);
  paintPicture(frame.picture);
  const tiles = byId('mosaic').children;
  for (let i = 0; i < tiles.length; i++) {
    paint(tilePainter, tiles[i].firstChild.firstChild, frame, i);
    tiles[i].firstChild.toggleAttribute('data-shown', i === frame.shown);
  }
  if (frame.shown >= 0) {
    paint(painter, byId('large'), frame, frame.shown);
    byId('shown').textContent = setup.layers[frame.shown].name || setup.model;
  }
}

function paint(with_, canvas, frame, i) {
  const layer = setup.layers[i];
  const [low, high, minimum, maximum] = frame.maps.slice(4 * i, 4 * i + 4);
  const scale = look.norm === 'local' ? normalisation(low, high, minimum, maximum) : normalisation(low, high, frame.globalMinimum, frame.globalMaximum);
  with_.paint(canvas, { map: { width: layer.width, height: layer.height, values: frame.values[i] }, first: scale, second: scale, wipe: 0, share: 0, alpha: look.alpha });
}

let pictureSurface = null;
function paintPicture(picture) {
  if (pictureSurface?.width !== picture.width || pictureSurface?.height !== picture.height) {
    pictureSurface = Object.assign(document.createElement('canvas'), { width: picture.width, height: picture.height });
    pictureSurface.context = pictureSurface.getContext('2d', { alpha: false });
    pictureSurface.pixels = new ImageData(picture.width, picture.height);
  }
  const { data } = pictureSurface.pixels;
  for (let i = 0, j = 0; i < picture.rgb.length; i += 3, j += 4) {
    data[j] = picture.rgb[i];
    data[j + 1] = picture.rgb[i + 1];
    data[j + 2] = picture.rgb[i + 2];
    data[j + 3] = 255;
  }
  pictureSurface.context.putImageData(pictureSurface.pixels, 0, 0);
  const canvas = byId('picture');
  (canvas.context ??= canvas.getContext('2d', { alpha: false })).drawImage(pictureSurface, 0, 0, canvas.width, canvas.height);
}

function layTiles() {
  const mosaic = byId('mosaic');
  const key = setup.layers.map((layer) => layer.name).join('\n');
  if (mosaic.key === key) return;
  mosaic.key = key;
  pinned = -1;
  mosaic.replaceChildren(...setup.layers.map((layer, i) => {
    const canvas = Object.assign(document.createElement('canvas'), { width: TILE, height: TILE });
    const name = layer.name || setup.model;
    const button = Object.assign(document.createElement('button'), { type: 'button', title: `${name}: ${layer.moduleClass}, ${layer.channels} x ${layer.height} x ${layer.width}` });
    button.setAttribute('aria-pressed', 'false');
    button.append(canvas, Object.assign(document.createElement('span'), { textContent: name }));
    button.onclick = () => pin(pinned === i ? -1 : i);
    const item = document.createElement('li');
    item.append(button);
    return item;
  }));
}

function pin(layer) {
  pinned = layer;
  [...byId('mosaic').children].forEach((item, i) => item.firstChild.setAttribute('aria-pressed', String(i === pinned)));
  send({ type: 'show', layer: pinned });
}

// ---- numbers and curves

function numbers(frame) {
  byId('latency').textContent = `${frame.latency.toFixed(0)} ms`;
  byId('rate').textContent = `${frame.rate.toFixed(1)} fps`;
  byId('dropped').textContent = frame.dropped;
  const list = byId('classes');
  while (list.children.length < frame.top.length / 2) {
    const item = document.createElement('li');
    item.innerHTML = '<span></span><span class="bar"><i></i></span><span></span>';
    list.append(item);
  }
  for (let i = 0; i < frame.top.length / 2; i++) {
    const [index, probability] = [frame.top[2 * i], frame.top[2 * i + 1]];
    const [name, bar, value] = list.children[i].children;
    name.textContent = setup.classes[index] ?? `class ${index}`;
    bar.firstChild.style.transform = `scaleX(${probability})`;
    value.textContent = probability.toFixed(3);
    list.children[i].toggleAttribute('aria-current', index === frame.classIndex);
  }
}

function remember(frame) {
  const now = performance.now();
  add(history.probability, now, frame.probability);
  const { road } = history;
  if (frame.road !== undefined) add(road, now, frame.road);
  curve(byId('probability'), history.probability, now, 0, 1);
  curve(byId('road'), road, now, -0.5, 0.5);
}

function add(points, at, value) {
  points.push([at, value]);
  while (points.length && points[0][0] < at - MINUTE) points.shift();
}

function curve(canvas, points, now, lowest, highest) {
  const ratio = devicePixelRatio || 1;
  const [width, height] = [Math.round(canvas.clientWidth * ratio), Math.round(canvas.clientHeight * ratio)];
  if (canvas.width !== width || canvas.height !== height) [canvas.width, canvas.height] = [width, height];
  const context = (canvas.context ??= canvas.getContext('2d'));
  const style = getComputedStyle(canvas);
  context.clearRect(0, 0, width, height);
  const y = (value) => (1 - (value - lowest) / (highest - lowest)) * (height - 2 * ratio) + ratio;
  context.strokeStyle = style.borderBottomColor;
  context.lineWidth = ratio;
  context.beginPath();
  const middle = y(lowest < 0 ? 0 : highest / 2);
  context.moveTo(0, middle);
  context.lineTo(width, middle);
  context.stroke();
  context.strokeStyle = style.color;
  context.lineWidth = 1.5 * ratio;
  context.beginPath();
  points.forEach(([at, value], i) => {
    const x = width * (1 - (now - at) / MINUTE);
    if (i === 0) context.moveTo(x, y(value));
    else context.lineTo(x, y(value));
  });
  context.stroke();
  const latest = points.at(-1);
  if (latest) {
    context.fillStyle = style.color;
    context.font = `${11 * ratio}px ${style.fontFamily}`;
    context.textAlign = 'left';
    context.fillText(latest[1].toFixed(3), 2 * ratio, 12 * ratio);
  }
}

// ---- controls

function press(id, on, text) {
  byId(id).setAttribute('aria-pressed', String(on));
  byId(id).textContent = text;
}

function setValue(id, value) {
  if (document.activeElement !== byId(id)) byId(id).value = value;
}

function fill(id, values, value) {
  const select = byId(id);
  if (select.children.length === 0) select.append(...values.map((name) => new Option(name, name)));
  select.value = value;
}

function status(text, state) {
  byId('status').textContent = text;
  byId('status').dataset.state = state;
  document.body.dataset.state = state;
}

function recolour() {
  painter.setColours(tables[look.colours]);
  tilePainter.setColours(tables[look.colours]);
  if (last) draw(last);
}

function settings(change) {
  byId('message').hidden = true;
  send({ type: 'settings', ...change });
}

fill('colours', Object.keys(COLOURS), look.colours);
byId('pause').onclick = () => send({ type: 'pause', on: !setup.isPaused });
byId('record').onclick = () => send({ type: 'record', on: !setup.isRecording });
byId('target').onchange = (event) => settings({ target: event.target.value || 'top' });
byId('layers').onchange = (event) => settings({ layers: event.target.value || 'all' });
byId('method').onchange = (event) => settings({ method: event.target.value });
byId('colours').onchange = (event) => { look.colours = event.target.value; recolour(); };
byId('alpha').oninput = (event) => { look.alpha = event.target.value / 100; recolour(); };
byId('controls').onsubmit = (event) => { event.preventDefault(); document.activeElement.blur(); };
document.querySelectorAll('[name="norm"]').forEach((choice) => { choice.onchange = () => { look.norm = choice.value; recolour(); }; });
recolour();
connect();
