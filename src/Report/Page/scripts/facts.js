/** What is known of the layer: its name, shape, range, score. */
class Facts {
  #report;
  #lines = {};
  #columns;

  constructor(report) {
    this.#report = report;
    const list = find('facts');
    for (const name of ['Class', 'Shape', 'Parameters', 'Forward']) this.#lines[name] = fact(list, name);
    this.#columns = report.columns.length > 1 ? this.#table() : this.#single(list);
  }

  show(state) {
    const { layers } = this.#report;
    const layer = layers[state.frame];
    write(find('layer'), layer.name || '(network)');
    find('layer').title = layer.name;
    write(find('position'), `${state.frame + 1} / ${layers.length}`);
    write(this.#lines.Class, layer.class);
    write(this.#lines.Shape, sizes(layer.shape));
    write(this.#lines.Parameters, count(layer.parameters));
    write(this.#lines.Forward, `${number(layer.milliseconds)} ms`);
    const remarks = [];
    this.#report.columns.forEach((column, i) => {
      const frame = column.frames[state.frame];
      const cells = this.#columns[i];
      write(cells.range, frame ? `${number(frame.min)} to ${number(frame.max)}` : 'no map');
      if (cells.road) write(cells.road, frame ? score(frame.road) : 'none');
      cells.road?.classList.toggle('is-best', column.best === state.frame);
      remarks.push(...this.#remarks(frame, column));
    });
    write(find('remark'), [...new Set(remarks)].join(' '));
  }

  #remarks(frame, column) {
    if (!frame) return [`${column.name} has no map of this layer.`];
    const found = [];
    if (frame.constant) found.push('The map has one value only and is drawn as zeros.');
    if (frame.nonFinite) found.push('The map holds values that are not finite, drawn as zero.');
    if (frame.roadReason) found.push(`No score: ${frame.roadReason}`);
    return found;
  }

  #single(list) {
    return [{ range: fact(list, 'Range'), road: this.#report.hasRoad ? fact(list, 'ROAD') : null }];
  }

  #table() {
    const rows = this.#report.columns.map((column, i) => {
      const range = element('td');
      const road = this.#report.hasRoad ? element('td') : null;
      const name = element('th', { scope: 'row' }, element('span', { class: 'swatch', 'data-column': i % 6 }), column.name);
      return { range, road, row: element('tr', {}, name, range, ...(road ? [road] : [])) };
    });
    const heads = ['Column', 'Range', ...(this.#report.hasRoad ? ['ROAD'] : [])].map((text) => element('th', { scope: 'col', text }));
    find('scores').append(element('table', {}, element('thead', {}, element('tr', {}, ...heads)), element('tbody', {}, ...rows.map((r) => r.row))));
    return rows;
  }
}

/** Buttons to the layers with the highest score. */
function showBest(report, select) {
  report.columns.forEach((column, i) => {
    if (column.best === null) return;
    const layer = report.layers[column.best].name;
    find('best').append(element('button', { type: 'button', onclick: () => select(column.best), 'aria-label': `${score(column.frames[column.best].road)} ${layer}: go to the highest score${report.columns.length > 1 ? ` of ${column.name}` : ''}` },
      element('span', { class: 'ring', 'data-column': i % 6 }), `${score(column.frames[column.best].road)} `, element('span', { class: 'quiet', text: layer })));
  });
}
