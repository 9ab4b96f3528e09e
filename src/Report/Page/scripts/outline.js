/** The network's modules as a tree with the pattern of the ARIA guide: one stop for Tab, arrows within. A flat list with levels. */
class Outline {
  #report;
  #select;
  #tree = find('tree');
  #items = [];
  #ofFrame = [];
  #shown = null;

  constructor(report, select) {
    this.#report = report;
    this.#select = select;
    this.#add(modules(report.layers), null, 1);
    this.#items[0]?.element.setAttribute('tabindex', '0');
    this.#tree.append(...this.#items.map((item) => item.element));
    this.#hide();
    this.#tree.addEventListener('click', (event) => this.#click(event));
    this.#tree.addEventListener('keydown', (event) => this.#key(event));
  }

  show(state) {
    let item = this.#ofFrame[state.frame];
    if (!this.#shown) {
      for (let above = item.parent; above; above = above.parent) above.isOpen = true;
      this.#hide();
    }
    // The layer itself, or the closed module that hides it.
    for (let above = item.parent; above; above = above.parent) {
      if (!above.isOpen) item = above;
    }
    if (item === this.#shown) return;
    this.#shown?.element.setAttribute('aria-selected', 'false');
    item.element.setAttribute('aria-selected', 'true');
    this.#shown = item;
    if (!this.#tree.contains(document.activeElement)) this.#stop(item);
    this.#reveal(item.element);
  }

  #add(nodes, parent, level) {
    nodes.forEach((node, i) => {
      const layer = node.frame === undefined ? null : this.#report.layers[node.frame];
      const row = element('span', { class: 'row' }, element('span', { class: 'twist', 'aria-hidden': 'true' }), element('span', { text: node.part || '(network)' }), ' ', element('span', { class: 'quiet', text: layer?.class ?? '' }));
      row.style.setProperty('--level', level);
      const item = { parent, frame: node.frame, isOpen: false, isInner: node.children.size > 0 };
      item.element = element('li', { role: 'treeitem', tabindex: '-1', 'aria-level': level, 'aria-setsize': nodes.length, 'aria-posinset': i + 1, 'aria-selected': 'false' }, row);
      this.#items.push(item);
      if (node.frame !== undefined) this.#ofFrame[node.frame] = item;
      this.#add([...node.children.values()], item, level + 1);
    });
  }

  // What lies in closed modules.
  #hide() {
    for (const item of this.#items) {
      item.element.hidden = item.parent !== null && (item.parent.element.hidden || !item.parent.isOpen);
      if (item.isInner) item.element.setAttribute('aria-expanded', item.isOpen);
    }
  }

  #itemOf(event) {
    const row = event.target.closest('li');
    return row && this.#items.find((item) => item.element === row);
  }

  #click(event) {
    const item = this.#itemOf(event);
    if (!item) return;
    this.#stop(item);
    if (item.isInner && event.target.closest('.twist')) this.#open(item, !item.isOpen);
    else this.#take(item);
  }

  #take(item) {
    if (item.frame === undefined) this.#open(item, !item.isOpen);
    else this.#select(item.frame);
  }

  #open(item, isOpen) {
    item.isOpen = isOpen;
    this.#hide();
  }

  #key(event) {
    const item = this.#itemOf(event);
    if (!item || event.altKey || event.ctrlKey || event.metaKey) return;
    const visible = this.#items.filter((i) => !i.element.hidden);
    const at = visible.indexOf(item);
    const moves = {
      ArrowDown: () => this.#focus(visible[at + 1]),
      ArrowUp: () => this.#focus(visible[at - 1]),
      Home: () => this.#focus(visible[0]),
      End: () => this.#focus(visible.at(-1)),
      ArrowRight: () => (item.isInner && !item.isOpen ? this.#open(item, true) : item.isInner && this.#focus(visible[at + 1])),
      ArrowLeft: () => (item.isOpen ? this.#open(item, false) : this.#focus(item.parent)),
      Enter: () => this.#take(item),
      ' ': () => this.#take(item),
    };
    if (!moves[event.key]) return;
    moves[event.key]();
    event.preventDefault();
    event.stopPropagation();
  }

  #focus(item) {
    if (!item) return;
    this.#stop(item);
    item.element.focus();
  }

  #stop(item) {
    this.#tree.querySelector('[tabindex="0"]')?.setAttribute('tabindex', '-1');
    item.element.setAttribute('tabindex', '0');
  }

  // Scrolls the tree alone, never the page.
  #reveal(row) {
    const top = row.offsetTop;
    if (top < this.#tree.scrollTop) this.#tree.scrollTop = top;
    else if (top + row.offsetHeight > this.#tree.scrollTop + this.#tree.clientHeight) this.#tree.scrollTop = top + row.offsetHeight - this.#tree.clientHeight;
  }
}

/** Layers by the parts of their names. */
function modules(layers) {
  const root = { children: new Map() };
  layers.forEach((layer, frame) => {
    let node = root;
    for (const part of layer.name.split('.')) {
      if (!node.children.has(part)) node.children.set(part, { part, children: new Map() });
      node = node.children.get(part);
    }
    node.frame = frame;
  });
  return [...root.children.values()];
}
