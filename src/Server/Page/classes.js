/** The classes with the highest scores; a row is a button that explains its class. */
class ClassList {
  #list = find('classes');
  #names;
  #onPick;

  /** names() gives the names of all classes, of which there may be none; onPick(target) is told which one to explain. */
  constructor(names, onPick) {
    [this.#names, this.#onPick] = [names, onPick];
  }

  /** scores: index, score, index, score ... */
  show(scores, explained) {
    const rows = this.#list.children;
    while (rows.length < scores.length / 2) this.#list.append(this.#row(rows.length));
    for (let i = 0; i < scores.length / 2; i++) {
      const [index, score] = [scores[2 * i], scores[2 * i + 1]];
      const [name, bar, value] = rows[i].firstChild.children;
      rows[i].index = index;
      write(name, this.#names()[index] ?? `class ${index}`);
      bar.firstChild.style.transform = `scaleX(${Math.min(1, Math.max(0, score))})`;
      write(value, score.toFixed(3));
      rows[i].toggleAttribute('aria-current', index === explained);
    }
  }

  #row(i) {
    const pick = () => this.#onPick(this.#targetOf(this.#list.children[i].index));
    return element('li', {}, element('button', { type: 'button', title: 'Explain this class', onclick: pick }, element('span'), element('span', { class: 'bar' }, element('i')), element('span')));
  }

  // By its name where that is its alone, else by its index.
  #targetOf(index) {
    const names = this.#names();
    const name = names[index];
    const isOwn = name && !/^\s*[-+]?\d+\s*$/.test(name) && names.filter((other) => other === name).length === 1;
    return isOwn ? name : String(index);
  }
}
