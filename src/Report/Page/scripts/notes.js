/** What gave no map and why, and how the run was made. */
function showNotes(report) {
  const skipped = report.calls.filter((call) => call.reason);
  const box = find('skipped');
  box.querySelector('summary').textContent = `${several(skipped.length, 'call', 'calls')} without a map`;
  box.querySelector('tbody').append(...skipped.map((call) => element('tr', {}, ...[call.name || '(network)', call.class, sizes(call.shape), call.reason].map((text) => element('td', { text })))));
  box.hidden = skipped.length === 0;
  const list = find('about').querySelector('dl');
  for (const [name, text] of report.about) fact(list, name, text);
  fact(list, 'Maps in this page', '8 bits a value over each map\u2019s own range, at the layer\u2019s own resolution; resized and coloured here.');
}
