/** A map's values, recomputed from its bytes. */
function dequantise(frame) {
  const step = (frame.high - frame.low) / 255;
  return Float32Array.from(frame.map.values, (value) => frame.low + value * step);
}

/** NumPy's format, float32 [h,w]. */
function npy(frame) {
  const text = `{'descr': '<f4', 'fortran_order': False, 'shape': (${frame.height}, ${frame.width}), }`;
  const header = `${text.padEnd(Math.ceil((text.length + 11) / 64) * 64 - 11)}\n`;
  const start = new Uint8Array([0x93, ...new TextEncoder().encode('NUMPY'), 1, 0, header.length & 255, header.length >> 8]);
  return new Blob([start, header, dequantise(frame)], { type: 'application/octet-stream' });
}

/** The file that run --maps writes, float32 [h,w] a layer. */
function safetensors(report, column) {
  const header = { __metadata__: { model: report.model, method: column.method, target: column.target, signed: 'false', precision: '8 bits over each map\u2019s range' } };
  const parts = [];
  let at = 0;
  column.frames.forEach((frame, i) => {
    if (!frame) return;
    const size = 4 * frame.width * frame.height;
    header[report.layers[i].name] = { dtype: 'F32', shape: [frame.height, frame.width], data_offsets: [at, at + size] };
    parts.push(dequantise(frame));
    at += size;
  });
  const json = new TextEncoder().encode(JSON.stringify(header));
  const padded = new Uint8Array(Math.ceil(json.length / 8) * 8).fill(0x20);
  padded.set(json);
  return new Blob([new BigUint64Array([BigInt(padded.length)]), padded, ...parts], { type: 'application/octet-stream' });
}

/** A line a frame and column. */
function csv(report) {
  const quote = (value) => (/[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
  const lines = [['method', 'target', 'frame', 'name', 'class', 'shape', 'parameters', 'min', 'max', 'road']];
  for (const column of report.columns) {
    column.frames.forEach((frame, i) => {
      if (!frame) return;
      const layer = report.layers[i];
      lines.push([column.method, column.target, i + 1, layer.name, layer.class, layer.shape?.join('x') ?? '', layer.parameters, frame.min, frame.max, frame.road ?? '']);
    });
  }
  return `${lines.map((line) => line.map((value) => quote(String(value ?? ''))).join(',')).join('\n')}\n`;
}
