/** The curve over the layers, which is the bar to scrub on. */
class Curve {
  #report;
  #select;
  #scrub = find('scrub');
  #playhead = find('playhead');
  #dots = [];
  #width = 0;
  #height = 0;

  constructor(report, select) {
    this.#report = report;
    this.#select = select;
    const values = report.columns.flatMap((c) => c.frames.map((f) => curveValue(report, f))).filter((v) => v !== null);
    this.low = Math.min(0, ...values);
    this.high = Math.max(this.low + (report.hasRoad ? 0.01 : 1e-12), ...values);
    write(find('curve-label'), report.hasRoad ? 'ROAD of every layer' : 'Largest value of every layer\u2019s map; ROAD was not asked for');
    write(find('curve-high'), report.hasRoad ? score(this.high) : number(this.high));
    write(find('curve-low'), report.hasRoad ? score(this.low) : number(this.low));
    this.#scrub.setAttribute('aria-valuemax', report.layers.length);
    report.columns.forEach((column, i) => {
      const dot = element('span', { class: 'dot', 'data-column': i % 6 });
      this.#dots.push(dot);
      this.#playhead.append(dot);
    });
    this.#follow();
    new ResizeObserver(() => this.#lay()).observe(this.#scrub);
  }

  show(state) {
    this.#place(state.frame);
    this.#scrub.setAttribute('aria-valuenow', state.frame + 1);
    this.#scrub.setAttribute('aria-valuetext', this.#words(state.frame));
  }

  #words(frame) {
    const { columns, layers } = this.#report;
    const scores = columns.map((c) => {
      const value = curveValue(this.#report, c.frames[frame]);
      const kind = this.#report.hasRoad ? `ROAD ${score(value)}` : `largest value ${number(value)}`;
      return columns.length > 1 ? `${c.name}: ${kind}` : kind;
    });
    return `${layers[frame].name}, ${layers[frame].class}, ${frame + 1} of ${layers.length}, ${scores.join(', ')}`;
  }

  #x = (frame) => 6 + (frame * (this.#width - 12)) / Math.max(1, this.#report.layers.length - 1);

  #y = (value) => 8 + ((this.high - value) / (this.high - this.low)) * (this.#height - 16);

  #place(frame) {
    this.#frame = frame;
    this.#playhead.style.transform = `translateX(${this.#x(frame)}px)`;
    this.#dots.forEach((dot, i) => {
      const value = curveValue(this.#report, this.#report.columns[i].frames[frame]);
      dot.style.opacity = value === null ? 0 : 1;
      if (value !== null) dot.style.transform = `translateY(${this.#y(value)}px)`;
    });
  }

  #frame = 0;

  #lay() {
    [this.#width, this.#height] = [this.#scrub.clientWidth, this.#scrub.clientHeight];
    const { stages, columns } = this.#report;
    const lines = stages.slice(1).map((s) => (this.#x(s.first) + this.#x(s.first - 1)) / 2);
    const parts = [
      ...lines.map((x) => `<line class="stage-line" x1="${x}" x2="${x}" y1="0" y2="${this.#height}"/>`),
      `<line class="zero-line" x1="0" x2="${this.#width}" y1="${this.#y(0)}" y2="${this.#y(0)}"/>`,
      ...columns.map((c, i) => `<path class="series" data-column="${i % 6}" d="${this.#path(c)}"/>`),
      ...columns.map((c, i) => this.#best(c, i)),
    ];
    // Numbers only: nothing of the report's text goes through here.
    find('curve').innerHTML = parts.join('');
    const zero = find('curve-zero');
    const isFree = Math.min(Math.abs(this.#y(0) - this.#y(this.high)), Math.abs(this.#y(0) - this.#y(this.low))) > 16;
    zero.hidden = !isFree;
    zero.style.top = `${this.#y(0)}px`;
    this.#place(this.#frame);
  }

  // A value between gaps is a dot: a line of no length with round ends.
  #path(column) {
    let pen = 'M';
    return column.frames.map((f, i) => {
      const value = curveValue(this.#report, f);
      if (value === null) {
        pen = 'M';
        return '';
      }
      const point = `${this.#x(i).toFixed(1)} ${this.#y(value).toFixed(1)}`;
      const text = pen === 'M' ? `M${point}L${point}` : `L${point}`;
      pen = 'L';
      return text;
    }).join('');
  }

  #best(column, i) {
    if (column.best === null) return '';
    return `<circle class="best-mark" data-column="${i % 6}" cx="${this.#x(column.best)}" cy="${this.#y(curveValue(this.#report, column.frames[column.best]))}" r="5.5"/>`;
  }

  #follow() {
    const to = (event) => {
      const at = event.clientX - this.#scrub.getBoundingClientRect().left;
      this.#select(Math.round(((at - 6) / (this.#width - 12)) * (this.#report.layers.length - 1)));
    };
    this.#scrub.addEventListener('pointerdown', (event) => {
      if (event.button !== 0) return;
      this.#scrub.setPointerCapture(event.pointerId);
      to(event);
    });
    this.#scrub.addEventListener('pointermove', (event) => {
      if (this.#scrub.hasPointerCapture(event.pointerId)) to(event);
    });
  }
}
