// Bilinear with half-pixel centres and clamped edges, as src/Kernels/Frames/BilinearTap.cs.

/** For every output position: its first neighbour, the one after it, and that one's share. */
function bilinearTaps(outputLength, inputLength) {
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

/** A picture {width, height, rgb} at another size: packed pixels R + 256 G + 65536 B. */
function resizePicture(picture, width, height) {
  const across = bilinearTaps(width, picture.width);
  const down = bilinearTaps(height, picture.height);
  const pixels = new Uint32Array(width * height);
  const { rgb } = picture;
  for (let y = 0; y < height; y++) {
    const top = down.first[y] * picture.width;
    const bottom = down.second[y] * picture.width;
    const low = down.share[y];
    for (let x = 0; x < width; x++) {
      const left = across.first[x];
      const right = across.second[x];
      const far = across.share[x];
      let packed = 0;
      for (let c = 2; c >= 0; c--) {
        const upper = rgb[(top + left) * 3 + c] * (1 - far) + rgb[(top + right) * 3 + c] * far;
        const lower = rgb[(bottom + left) * 3 + c] * (1 - far) + rgb[(bottom + right) * 3 + c] * far;
        packed = (packed << 8) | Math.round(upper * (1 - low) + lower * low);
      }
      pixels[y * width + x] = packed;
    }
  }
  return pixels;
}
