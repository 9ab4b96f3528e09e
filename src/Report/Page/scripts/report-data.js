/** The report as it was written into the page, with its bytes unpacked. */
async function readReport() {
  const report = JSON.parse(find('report').textContent);
  const { picture } = report;
  picture.rgb = undoDifferences(await inflate(picture.pixels), picture.width);
  picture.under = picture.seen ? partOf(picture, picture.seen) : picture;
  for (const map of report.colourMaps) map.table = fromBase64(map.table);
  for (const column of report.columns) {
    const bytes = await inflate(column.maps);
    for (const frame of column.frames) {
      if (!frame) continue;
      frame.map = { width: frame.width, height: frame.height, values: bytes.subarray(frame.offset, frame.offset + frame.width * frame.height) };
      frame.local = normalisation(frame.low, frame.high, frame.min, frame.max);
      frame.global = normalisation(frame.low, frame.high, column.globalMin, column.globalMax);
    }
    column.hasRoad = column.frames.some((f) => f && f.road !== null);
  }
  // What tells the columns apart.
  const isVaried = (key) => new Set(report.columns.map((c) => c[key])).size > 1;
  const keys = ['method', 'target'].filter(isVaried);
  for (const column of report.columns) column.name = keys.length > 0 ? keys.map((key) => column[key]).join(' \u00b7 ') : column.target;
  // The layer of every frame.
  report.layers = report.timeline.map((at) => report.calls[at]);
  report.hasRoad = report.columns.some((c) => c.hasRoad);
  return report;
}

/** What the curve shows of a frame: its score, or where nothing was scored the largest value of its map. */
const curveValue = (report, frame) => (!frame ? null : report.hasRoad ? frame.road : frame.max);
