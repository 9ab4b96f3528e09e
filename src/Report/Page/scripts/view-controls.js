/** How the maps are shown: side by side, wiped or overlaid, how strong, in which colours. */
class ViewControls {
  constructor(report, state, change) {
    for (const choice of document.getElementsByName('view')) {
      choice.checked = choice.value === state.view;
      choice.addEventListener('change', () => change({ view: choice.value }));
    }
    for (const name of ['wipe', 'blend', 'alpha']) {
      find(name).addEventListener('input', () => change({ [name]: find(name).valueAsNumber / 100 }));
    }
    find('colour-maps').append(...report.colourMaps.map((map) => this.#swatch(map, state, change)));
  }

  show(state) {
    find('wipe-row').hidden = state.view !== 'wipe';
    find('blend-row').hidden = state.view !== 'overlay';
    for (const name of ['wipe', 'blend', 'alpha']) {
      const at = String(Math.round(100 * state[name]));
      if (find(name).value !== at) find(name).value = at;
      find(name).setAttribute('aria-valuetext', `${at} %`);
    }
  }

  #swatch(map, state, change) {
    const input = element('input', { type: 'radio', name: 'colours', value: map.name, onchange: () => change({ colours: map.name }) });
    input.checked = map.name === state.colours;
    const strip = element('span', { class: 'strip' });
    strip.style.backgroundImage = gradient(map.table);
    return element('label', {}, input, strip, element('span', { text: map.name }));
  }
}

/** A colour map as a CSS gradient. */
function gradient(table) {
  const stops = [];
  for (let i = 0; i < 256; i += 15) stops.push(`rgb(${table[3 * i]} ${table[3 * i + 1]} ${table[3 * i + 2]})`);
  return `linear-gradient(to right, ${stops.join(',')})`;
}
