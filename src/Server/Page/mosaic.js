/**
 * The maps of all layers: buttons with names, and one canvas behind them, since a canvas for each of a hundred costs the browser more than their pixels.
 * Where the tiles lie is read when the layout changes, not when they are drawn; only those in the window are drawn.
 */
class Mosaic {
  #list = find('mosaic');
  #canvas = find('tiles');
  #paint;
  #onPin;
  #onView;
  #key = '';
  #places = [];
  #scale = 1;
  #top = 0;
  #shown = -1;
  #pinned = -1;

  /** paint(canvas, layer, place) draws a tile; onPin(layer) is told of the layer that is held, or -1; onView() when others came into the window. */
  constructor(paint, onPin, onView) {
    [this.#paint, this.#onPin, this.#onView] = [paint, onPin, onView];
    new ResizeObserver(() => this.#measure()).observe(this.#list);
    addEventListener('scroll', () => this.#onView(), { passive: true });
  }

  /** Lays tiles for layers {name, moduleClass, channels, height, width}, where they are others than before. */
  lay(layers, model) {
    const key = layers.map((layer) => layer.name).join('\n');
    if (this.#key === key) return;
    [this.#key, this.#shown, this.#pinned] = [key, -1, -1];
    this.#list.replaceChildren(...layers.map((layer, i) => {
      const name = layer.name || model;
      const title = `${name}: ${layer.moduleClass}, ${layer.channels} x ${layer.height} x ${layer.width}`;
      const button = element('button', { type: 'button', title, 'aria-pressed': 'false', onclick: () => this.#pin(i) }, element('i'), element('span', { text: name }));
      return element('li', {}, button);
    }));
    this.#measure();
  }

  draw(shown) {
    const first = scrollY - this.#top;
    this.#places.forEach((place, i) => {
      if (place.bottom > first && place.top < first + innerHeight) this.#paint(this.#canvas, i, place);
    });
    if (shown === this.#shown) return;
    this.#button(this.#shown)?.removeAttribute('data-shown');
    this.#button(shown)?.setAttribute('data-shown', '');
    this.#shown = shown;
  }

  #button = (i) => this.#list.children[i]?.firstChild;

  #pin(layer) {
    this.#button(this.#pinned)?.setAttribute('aria-pressed', 'false');
    this.#pinned = this.#pinned === layer ? -1 : layer;
    this.#button(this.#pinned)?.setAttribute('aria-pressed', 'true');
    this.#onPin(this.#pinned);
  }

  #measure() {
    const squares = [...this.#list.querySelectorAll('i')].map((square) => square.getBoundingClientRect());
    if (squares.length === 0 || squares[0].width === 0) return;
    const list = this.#list.getBoundingClientRect();
    this.#top = list.top + scrollY;
    this.#scale = Mosaic.#TILE / squares[0].width;
    [this.#canvas.width, this.#canvas.height] = [Math.round(list.width * this.#scale), Math.round(list.height * this.#scale)];
    this.#places = squares.map((square) => ({
      x: Math.round((square.left - list.left) * this.#scale),
      y: Math.round((square.top - list.top) * this.#scale),
      width: Mosaic.#TILE,
      height: Mosaic.#TILE,
      top: square.top - list.top,
      bottom: square.bottom - list.top,
    }));
    this.#onView();
  }

  static #TILE = 88;
}
