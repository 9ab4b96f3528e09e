const MINUS = '\u2212';

/** A value with three digits that count. */
function number(value) {
  if (value === null || value === undefined) return 'none';
  if (value === 0) return '0';
  const size = Math.abs(value);
  const text = size >= 1e5 || size < 1e-3 ? size.toExponential(2).replace('e+', 'e') : size >= 100 ? String(Math.round(size)) : String(Number(size.toPrecision(3)));
  return (value < 0 ? MINUS : '') + text;
}

/** A score with three decimals. */
function score(value) {
  if (value === null || value === undefined) return 'none';
  return (value < 0 ? MINUS : '') + Math.abs(value).toFixed(3);
}

const count = (value) => value.toLocaleString('en-US').replaceAll(',', '\u202f');
const percent = (value) => (value === null || value === undefined ? '' : `${(100 * value).toFixed(1)} %`);
/** The shape of one picture's output: without the batch, where there is one of one. */
const sizes = (shape) => (shape ? (shape.length > 2 && shape[0] === 1 ? shape.slice(1) : shape).join(' \u00d7 ') : 'none');
const several = (value, one, more) => `${value} ${value === 1 ? one : more}`;
