/**
 * Colours maps over a picture, on the graphics card where there is one, else on the processor.
 *
 * painter.setPicture({width, height, rgb})  the picture, three bytes a pixel
 * painter.setColours(table)                 256 colours, three bytes each
 * painter.paint(canvas, view, place)        fills the canvas, or its place {x, y, width, height}; view:
 *   map    {width, height, values}          one byte a place, row by row
 *   first, second {offset, gain}            two normalisations: t = offset + byte * gain, see normalisation()
 *   wipe   0..1                             columns before it show the first normalisation alone
 *   share  0..1                             share of the second in the others: 0 first alone, 1 second alone
 *   alpha  0..1                             share of the colours over the picture
 */
class Painter {
  #worker;
  #picture = null;
  #table = null;

  /** kind: 'webgl' takes a software renderer too, 'canvas' the processor; otherwise the quicker one is found. */
  constructor(kind, onChange) {
    this.#worker = new CanvasPainter();
    if (kind === 'canvas') return;
    try {
      this.#worker = new WebGlPainter(kind === 'webgl', () => this.#fallBack(onChange));
    } catch (error) {
      if (kind === 'webgl') throw error;
    }
  }

  get kind() {
    return this.#worker.kind;
  }

  /** Canvases need not be larger than this a side. */
  get largestSide() {
    return this.#worker.largestSide;
  }

  setPicture(picture) {
    this.#picture = picture;
    this.#worker.setPicture(picture);
  }

  setColours(table) {
    this.#table = table;
    this.#worker.setColours(table);
  }

  paint(canvas, view, place) {
    this.#worker.paint(canvas, view, place);
  }

  // The card was taken away: what follows is painted without it.
  #fallBack(onChange) {
    this.#worker = new CanvasPainter();
    if (this.#picture) this.#worker.setPicture(this.#picture);
    if (this.#table) this.#worker.setColours(this.#table);
    onChange?.();
  }
}

/** From bytes to 0..1: a map's bytes run from low to high, the colours from minimum to maximum; an empty range gives zeros. */
function normalisation(low, high, minimum, maximum) {
  const range = maximum - minimum;
  return range > 0 ? { offset: (low - minimum) / range, gain: (high - low) / 255 / range } : { offset: 0, gain: 0 };
}
