/** Files made of what the page holds. */
class Downloads {
  #report;
  #painter;
  #state;

  constructor(report, painter, state) {
    this.#report = report;
    this.#painter = painter;
    this.#state = state;
    find('save-column').append(...report.columns.map((c, i) => element('option', { value: i, text: c.name })));
    find('save-row').hidden = report.columns.length === 1;
    find('save-png').addEventListener('click', () => this.#savePicture());
    find('save-map').addEventListener('click', () => save(this.#name('npy', true), npy(this.#column().frames[state.frame])));
    find('save-maps').addEventListener('click', () => save(this.#name('safetensors'), safetensors(report, this.#column())));
    find('save-csv').addEventListener('click', () => save(this.#name('csv'), csv(report), 'text/csv'));
  }

  show(state) {
    find('save-map').disabled = !this.#column().frames[state.frame];
  }

  #column() {
    return this.#report.columns[Number(find('save-column').value) || 0];
  }

  #name(ending, isOfLayer = false) {
    const column = this.#column();
    const parts = [this.#report.model, column.method, column.target, ...(isOfLayer ? [this.#report.layers[this.#state.frame].name || 'network'] : [])];
    return `${parts.join('_').replaceAll(/[^\p{L}\p{N}._#-]+/gu, '-')}.${ending}`;
  }

  // The panels as they are shown, at a whole multiple of the picture's size, with a title over each column.
  #savePicture() {
    const { picture, columns, layers } = this.#report;
    const scale = Math.max(1, Math.ceil(448 / Math.max(picture.width, picture.height)));
    const [width, height] = [picture.width * scale, picture.height * scale];
    const kinds = this.#state.view === 'side' ? ['local', 'global'] : ['local'];
    const [gap, head] = [24, 96];
    const sheet = element('canvas', { width: gap + columns.length * kinds.length * (width + gap), height: head + height + gap });
    const context = sheet.getContext('2d');
    const style = getComputedStyle(document.body);
    context.fillStyle = style.backgroundColor;
    context.fillRect(0, 0, sheet.width, sheet.height);
    context.fillStyle = style.color;
    columns.forEach((column, c) => {
      const left = gap + c * kinds.length * (width + gap);
      const frame = column.frames[this.#state.frame];
      const room = kinds.length * (width + gap) - gap;
      context.font = `500 22px ${style.fontFamily}`;
      context.fillText(layers[this.#state.frame].name, left, 40, room);
      context.font = `15px ${style.fontFamily}`;
      const facts = [`${this.#state.frame + 1} / ${layers.length}`, column.method, `${column.target} ${percent(column.probability)}`, ...(column.hasRoad && frame ? [`ROAD ${score(frame.road)}`] : [])];
      context.fillText(facts.join('  \u00b7  '), left, 70, room);
      kinds.forEach((kind, k) => {
        const panel = element('canvas', { width, height });
        paintPanel(this.#painter, picture, panel, panelView(frame, kind, this.#state));
        context.drawImage(panel, left + k * (width + gap), head);
      });
    });
    sheet.toBlob((blob) => save(this.#name('png', true), blob), 'image/png');
  }
}
