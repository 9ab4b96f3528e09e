/** Plays the layers one after the other. */
class Playback {
  #count;
  #state;
  #change;
  #last = 0;
  #due = 0;

  constructor(report, state, change) {
    this.#count = report.layers.length;
    this.#state = state;
    this.#change = change;
    find('play').addEventListener('click', () => this.toggle());
    find('speed').addEventListener('change', () => change({ speed: Number(find('speed').value) }));
    find('previous').addEventListener('click', () => change({ frame: state.frame - 1, isPlaying: false }));
    find('next').addEventListener('click', () => change({ frame: state.frame + 1, isPlaying: false }));
  }

  toggle() {
    if (this.#state.isPlaying) {
      this.#change({ isPlaying: false });
      return;
    }
    this.#last = 0;
    this.#due = 0;
    this.#change({ isPlaying: true, frame: this.#state.frame === this.#count - 1 ? 0 : this.#state.frame });
    requestAnimationFrame((now) => this.#step(now));
  }

  show(state) {
    const play = find('play');
    const text = state.isPlaying ? 'Pause' : 'Play';
    if (play.textContent !== text) play.textContent = text;
    find('previous').disabled = state.frame === 0;
    find('next').disabled = state.frame === this.#count - 1;
  }

  #step(now) {
    if (!this.#state.isPlaying) return;
    this.#due += this.#last ? ((now - this.#last) / 1000) * this.#state.speed : 0;
    this.#last = now;
    const whole = Math.floor(this.#due);
    if (whole > 0) {
      this.#due -= whole;
      const frame = Math.min(this.#state.frame + whole, this.#count - 1);
      this.#change({ frame, isPlaying: frame < this.#count - 1 });
    }
    requestAnimationFrame((next) => this.#step(next));
  }
}
