/**
 * A number as C's `%.{digits}g` prints it, which is how LightGBM writes its models.
 *
 * @example formatG(0.1, 17) // '0.10000000000000001'
 */
export function formatG(x: number, digits: number): string {
  if (Number.isNaN(x)) return 'nan';
  if (x === Infinity) return 'inf';
  if (x === -Infinity) return '-inf';
  if (x === 0) return Object.is(x, -0) ? '-0' : '0';
  const [mantissa, exponentText] = x.toExponential(digits - 1).split('e') as [string, string];
  const exponent = Number(exponentText);
  if (exponent < -4 || exponent >= digits) {
    const sign = exponent < 0 ? '-' : '+';
    return `${trimZeros(mantissa)}e${sign}${String(Math.abs(exponent)).padStart(2, '0')}`;
  }
  return trimZeros(
    x.toFixed(Math.max(0, digits - 1 - exponent)).length > 100 ? mantissa : fixed(x, digits, exponent),
  );
}

/** toFixed has at most 100 decimals and turns to exponents past 1e21; our range needs neither. */
function fixed(x: number, digits: number, exponent: number): string {
  return x.toFixed(digits - 1 - exponent);
}

function trimZeros(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

/** Space-separated numbers, `%.{digits}g` each. */
export function joinG(values: Iterable<number>, digits: number): string {
  return Array.from(values, (value) => formatG(value, digits)).join(' ');
}
