// Bilinear with half-pixel centres and clamped edges, as src/Kernels/Frames/BilinearTap.cs.

const MOST_TAPS = 64;
const knownTaps = new Map();

/** For every output position: its first neighbour, the one after it, and that one's share. Kept, since the same lengths come again and again. */
function bilinearTaps(outputLength, inputLength) {
  const key = outputLength * 65536 + inputLength;
  let taps = knownTaps.get(key);
  if (!taps) {
    if (knownTaps.size === MOST_TAPS) knownTaps.clear();
    taps = findTaps(outputLength, inputLength);
    knownTaps.set(key, taps);
  }
  return taps;
}

function findTaps(outputLength, inputLength) {
  const first = new Int32Array(outputLength);
  const second = new Int32Array(outputLength);
  const share = new Float32Array(outputLength);
  for (let i = 0; i < outputLength; i++) {
    const at = Math.min(Math.max(((i + 0.5) * inputLength) / outputLength - 0.5, 0), inputLength - 1);
    first[i] = Math.floor(at);
    second[i] = Math.min(first[i] + 1, inputLength - 1);
    share[i] = at - first[i];
  }
  return { first, second, share };
}

/** A picture {width, height, rgb} at another size: packed pixels R + 256 G + 65536 B, written to pixels. */
function resizePicture(picture, width, height, pixels = new Uint32Array(width * height)) {
  const across = bilinearTaps(width, picture.width);
  const down = bilinearTaps(height, picture.height);
  // Rows are widened once for all that are mixed of them.
  let [upper, lower] = [new Float64Array(3 * width), new Float64Array(3 * width)];
  let held = -1;
  for (let y = 0; y < height; y++) {
    if (down.first[y] !== held) {
      if (held >= 0 && down.first[y] === held + 1 && down.second[y - 1] === held + 1) [upper, lower] = [lower, upper];
      else widenPicture(picture, down.first[y], across, upper);
      widenPicture(picture, down.second[y], across, lower);
      held = down.first[y];
    }
    const low = down.share[y];
    const high = 1 - low;
    for (let x = 0, i = 0, p = y * width; x < width; x++, i += 3, p++) {
      const red = (upper[i] * high + lower[i] * low + 0.5) | 0;
      const green = (upper[i + 1] * high + lower[i + 1] * low + 0.5) | 0;
      const blue = (upper[i + 2] * high + lower[i + 2] * low + 0.5) | 0;
      pixels[p] = red | (green << 8) | (blue << 16);
    }
  }
  return pixels;
}

function widenPicture({ rgb, width }, row, across, values) {
  for (let x = 0, i = 0; i < values.length; x++, i += 3) {
    const left = 3 * (row * width + across.first[x]);
    const right = 3 * (row * width + across.second[x]);
    const far = across.share[x];
    for (let c = 0; c < 3; c++) values[i + c] = rgb[left + c] * (1 - far) + rgb[right + c] * far;
  }
}
