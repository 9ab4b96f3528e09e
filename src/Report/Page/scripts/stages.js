/** The stages under the curve, each as wide as it has layers. */
class Stages {
  #stages;
  #buttons;

  constructor(report, select) {
    this.#stages = report.stages;
    const last = Math.max(1, report.layers.length - 1);
    this.#buttons = report.stages.map((stage) => {
      const button = element('button', {
        type: 'button',
        title: stage.name,
        'aria-label': `${stage.name}, layers ${stage.first + 1} to ${stage.last + 1}`,
        onclick: () => select(stage.first),
      }, element('span', { text: stage.name }));
      // From halfway after the layer before to halfway before the layer after.
      const from = Math.max(0, stage.first - 0.5) / last;
      const to = Math.min(last, stage.last + 0.5) / last;
      button.style.setProperty('--from', from);
      button.style.setProperty('--share', to - from);
      return button;
    });
    find('stages').append(...this.#buttons);
  }

  show(state) {
    this.#stages.forEach((stage, i) => {
      const isHere = state.frame >= stage.first && state.frame <= stage.last;
      if (isHere !== this.#buttons[i].hasAttribute('aria-current')) this.#buttons[i].toggleAttribute('aria-current', isHere);
    });
  }

  /** First frame of the stage after or before. */
  beside(frame, step) {
    const at = this.#stages.findIndex((s) => frame <= s.last);
    if (step < 0) return frame > this.#stages[at].first ? this.#stages[at].first : this.#stages[Math.max(0, at - 1)].first;
    return at + 1 < this.#stages.length ? this.#stages[at + 1].first : this.#stages[at].last;
  }
}
