/** What is known of the layer: its name, shape, range, score. */
class Facts {
  #report;
  #lines = {};
  #columns;
  #percentiles;

  constructor(report) {
    this.#report = report;
    const list = find('facts');
    for (const name of ['Class', 'Shape', 'Parameters', 'Forward']) this.#lines[name] = fact(list, name);
    this.#columns = report.columns.length > 1 ? this.#table() : this.#single(list);
    this.#percentiles = this.#scores();
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
    this.#percentiles.forEach((cells, row) => cells.forEach((cell, i) => write(cell, this.#scoreAt(state.frame, row, i))));
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

  // Of one column what ROAD is made of; of several their ROAD alone.
  #scores() {
    const { columns } = this.#report;
    const rows = columns.flatMap((c) => c.frames).find((f) => f?.scores)?.scores ?? [];
    if (rows.length === 0) return [];
    const heads = columns.length > 1
      ? columns.map((c, i) => element('th', { scope: 'col' }, element('span', { class: 'swatch', 'data-column': i % 6 }), element('span', { class: 'hidden-text', text: `ROAD of ${c.name}` })))
      : ['Most first', 'Least first', 'ROAD'].map((text) => element('th', { scope: 'col', text }));
    const cells = rows.map(() => heads.map(() => element('td')));
    const body = rows.map(([percentile], i) => element('tr', {}, element('th', { scope: 'row', text: `${percentile} %` }), ...cells[i]));
    find('percentiles').append(element('table', { title: 'Score of the class after the most or the least relevant pixels were removed; ROAD is half of the difference' },
      element('caption', { class: 'label', text: 'Scores by pixels kept' }), element('thead', {}, element('tr', {}, element('th', { scope: 'col', text: 'Kept' }), ...heads)), element('tbody', {}, ...body)));
    return cells;
  }

  #scoreAt(frame, row, i) {
    const { columns } = this.#report;
    const [, most, least] = columns[columns.length > 1 ? i : 0].frames[frame]?.scores?.[row] ?? [];
    if (most === undefined || most === null || least === null) return 'none';
    return columns.length > 1 || i === 2 ? score((least - most) / 2) : score(i === 0 ? most : least);
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
