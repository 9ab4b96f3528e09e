/** A curve over the last minute. Its size and colours are read when they change, not when it is drawn. */
class Chart {
  #canvas;
  #context;
  #lowest;
  #highest;
  #points = [];
  #style = {};

  constructor(canvas, lowest, highest) {
    [this.#canvas, this.#lowest, this.#highest] = [canvas, lowest, highest];
    this.#context = canvas.getContext('2d', { willReadFrequently: true });
    new ResizeObserver(() => this.#measure()).observe(canvas);
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.#measure());
  }

  add(at, value) {
    this.#points.push([at, value]);
    while (this.#points[0][0] < at - Chart.#LENGTH) this.#points.shift();
  }

  draw(now) {
    const { ratio, line, ink, font } = this.#style;
    const context = this.#context;
    const { width, height } = this.#canvas;
    if (!ratio) return;
    context.clearRect(0, 0, width, height);
    const y = (value) => (1 - (value - this.#lowest) / (this.#highest - this.#lowest)) * (height - 2 * ratio) + ratio;
    context.strokeStyle = line;
    context.lineWidth = ratio;
    context.beginPath();
    const middle = y((this.#lowest + this.#highest) / 2);
    context.moveTo(0, middle);
    context.lineTo(width, middle);
    context.stroke();
    context.strokeStyle = ink;
    context.lineWidth = 1.5 * ratio;
    context.beginPath();
    for (const [at, value] of this.#points) context.lineTo(width * (1 - (now - at) / Chart.#LENGTH), y(value));
    context.stroke();
    const latest = this.#points.at(-1);
    context.fillStyle = ink;
    context.font = font;
    context.fillText(latest ? latest[1].toFixed(3) : 'none yet', 2 * ratio, 12 * ratio);
  }

  // The canvas takes its colours from two properties of its own: custom properties are not resolved for it.
  #measure() {
    const ratio = devicePixelRatio || 1;
    const style = getComputedStyle(this.#canvas);
    this.#style = { ratio, line: style.borderBottomColor, ink: style.color, font: `${11 * ratio}px ${style.fontFamily}` };
    [this.#canvas.width, this.#canvas.height] = [Math.round(this.#canvas.clientWidth * ratio), Math.round(this.#canvas.clientHeight * ratio)];
    this.draw(performance.now());
  }

  static #LENGTH = 60000;
}
