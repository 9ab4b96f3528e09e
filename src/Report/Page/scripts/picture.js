/** A rectangle of a picture {width, height, rgb}. */
function partOf(picture, [left, top, width, height]) {
  const rgb = new Uint8Array(3 * width * height);
  for (let y = 0; y < height; y++) {
    const from = 3 * ((top + y) * picture.width + left);
    rgb.set(picture.rgb.subarray(from, from + 3 * width), 3 * width * y);
  }
  return { width, height, rgb };
}

/** Paints a panel: maps lie over what the network saw; what was cut off is there, dimmed. */
function paintPanel(painter, picture, canvas, view) {
  if (!picture.seen) {
    painter.paint(canvas, view);
    return;
  }
  const [across, down] = [canvas.width / picture.width, canvas.height / picture.height];
  const [left, top, width, height] = picture.seen;
  const place = { x: Math.round(left * across), y: Math.round(top * down), width: Math.max(1, Math.round(width * across)), height: Math.max(1, Math.round(height * down)) };
  paintAround(picture, canvas);
  painter.paint(canvas, { ...view, wipe: Math.min(1, Math.max(0, (view.wipe * canvas.width - place.x) / place.width)) }, place);
}

// Once a size: changing a canvas's size empties it.
function paintAround(picture, canvas) {
  const size = `${canvas.width}x${canvas.height}`;
  if (canvas.around === size) return;
  canvas.around = size;
  picture.whole ??= wholeOf(picture);
  const context = (canvas.context ??= canvas.getContext('2d', { alpha: true, willReadFrequently: true }));
  context.drawImage(picture.whole, 0, 0, canvas.width, canvas.height);
  context.fillStyle = 'rgba(22, 22, 22, 0.625)';
  context.fillRect(0, 0, canvas.width, canvas.height);
}

function wholeOf({ width, height, rgb }) {
  const image = new ImageData(width, height);
  for (let i = 0; i < width * height; i++) {
    image.data.set([rgb[3 * i], rgb[3 * i + 1], rgb[3 * i + 2], 255], 4 * i);
  }
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [width, height];
  canvas.getContext('2d').putImageData(image, 0, 0);
  return canvas;
}
