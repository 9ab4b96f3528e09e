/** Colours maps on the processor: the same arithmetic as src/Kernels/Frames/FrameKernel.cs, for browsers without a graphics card. */
class CanvasPainter {
  kind = 'canvas';

  // More pixels than this a side cost more time than they show.
  largestSide = 640;

  #picture = null;
  #table = null;
  #weight = -1;
  #overRedBlue = new Uint32Array(256);
  #overGreen = new Uint32Array(256);
  #surfaces = new Map();

  setPicture(picture) {
    this.#picture = picture;
  }

  /** 256 colours, three bytes each. */
  setColours(table) {
    this.#table = table;
    this.#weight = -1;
  }

  paint(canvas, view, place) {
    const { x, y, width, height } = place ?? { x: 0, y: 0, width: canvas.width, height: canvas.height };
    this.#weigh(Math.round(view.alpha * 256));
    const surface = this.#surface(width, height);
    this.#rest(surface);
    this.#draw(surface, width, height, view);
    (canvas.context ??= canvas.getContext('2d', { alpha: !!place, willReadFrequently: true })).putImageData(surface.image, x, y);
  }

  #weigh(weight) {
    if (weight === this.#weight) return;
    this.#weight = weight;
    for (let i = 0; i < 256; i++) {
      this.#overRedBlue[i] = (this.#table[3 * i] + this.#table[3 * i + 2] * 65536) * weight;
      this.#overGreen[i] = this.#table[3 * i + 1] * weight;
    }
  }

  #surface(width, height) {
    const key = `${width}x${height}`;
    let surface = this.#surfaces.get(key);
    if (!surface) {
      // Sizes come and go with the window.
      if (this.#surfaces.size > 3) this.#surfaces.clear();
      const image = new ImageData(width, height);
      surface = {
        image,
        pixels: new Uint32Array(image.data.buffer),
        source: null,
        picture: new Uint32Array(width * height),
        weight: -1,
        underRedBlue: new Uint32Array(width * height),
        underGreen: new Uint32Array(width * height),
        rows: [new Float32Array(width), new Float32Array(width)],
      };
      this.#surfaces.set(key, surface);
    }
    if (surface.source !== this.#picture) {
      resizePicture(this.#picture, width, height, surface.picture);
      [surface.source, surface.weight] = [this.#picture, -1];
    }
    return surface;
  }

  // What the picture adds to every pixel, with the rounding.
  #rest(surface) {
    if (surface.weight === this.#weight) return;
    surface.weight = this.#weight;
    const rest = 256 - this.#weight;
    for (let i = 0; i < surface.picture.length; i++) {
      const pixel = surface.picture[i];
      surface.underRedBlue[i] = (pixel & 0xff00ff) * rest + 0x800080;
      surface.underGreen[i] = ((pixel >> 8) & 0xff) * rest + 0x80;
    }
  }

  #draw(surface, width, height, view) {
    const { map } = view;
    const across = bilinearTaps(width, map.width);
    const down = bilinearTaps(height, map.height);
    const [upper, lower] = surface.rows;
    const cut = Math.round(view.wipe * width);
    let held = -1;
    for (let y = 0; y < height; y++) {
      if (down.first[y] !== held) {
        held = down.first[y];
        this.#widen(map, down.first[y], across, upper);
        this.#widen(map, down.second[y], across, lower);
      }
      const share = down.share[y];
      if (view.share === 0 || view.share === 1) {
        const after = view.share === 0 ? view.first : view.second;
        this.#colour(surface, y * width, 0, cut, upper, lower, share, view.first);
        this.#colour(surface, y * width, cut, width, upper, lower, share, after);
      } else {
        this.#mix(surface, y * width, width, upper, lower, share, view);
      }
    }
  }

  #widen(map, row, across, values) {
    const at = row * map.width;
    for (let x = 0; x < values.length; x++) {
      values[x] = map.values[at + across.first[x]] * (1 - across.share[x]) + map.values[at + across.second[x]] * across.share[x];
    }
  }

  #colour(surface, at, from, to, upper, lower, share, scale) {
    const { pixels, underRedBlue, underGreen } = surface;
    const overRedBlue = this.#overRedBlue;
    const overGreen = this.#overGreen;
    // scaled(), written out: this is the page's innermost loop.
    const zero = 255 * scale.offset;
    const above = 255 * scale.gain * (1 - share);
    const below = 255 * scale.gain * share;
    for (let x = from; x < to; x++) {
      const t = zero + upper[x] * above + lower[x] * below;
      const i = t > 0 ? (t < 255 ? t | 0 : 255) : 0;
      const p = at + x;
      pixels[p] = (((overRedBlue[i] + underRedBlue[p]) >>> 8) & 0xff00ff) | ((overGreen[i] + underGreen[p]) & 0xff00) | 0xff000000;
    }
  }

  #mix(surface, at, width, upper, lower, share, view) {
    const { pixels, underRedBlue, underGreen } = surface;
    const table = this.#table;
    const weight = this.#weight;
    for (let x = 0; x < width; x++) {
      const value = upper[x] * (1 - share) + lower[x] * share;
      const i = 3 * scaled(value, view.first);
      const j = 3 * scaled(value, view.second);
      const p = at + x;
      const red = Math.round(table[i] * (1 - view.share) + table[j] * view.share) * weight;
      const green = Math.round(table[i + 1] * (1 - view.share) + table[j + 1] * view.share) * weight;
      const blue = Math.round(table[i + 2] * (1 - view.share) + table[j + 2] * view.share) * weight;
      pixels[p] = (((red + blue * 65536 + underRedBlue[p]) >>> 8) & 0xff00ff) | ((green + underGreen[p]) & 0xff00) | 0xff000000;
    }
  }
}

/** Index of the colour of a value 0..255: trunc(255 t), t = offset + value gain, clamped to 0..1. */
function scaled(value, scale) {
  const t = scale.offset + value * scale.gain;
  return t > 0 ? (Math.min(t, 1) * 255) | 0 : 0;
}
