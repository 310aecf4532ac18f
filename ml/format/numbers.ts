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
  const [mantissa, exponentText] = roundHalfEven(x, digits).split('e') as [string, string];
  const exponent = Number(exponentText);
  if (exponent < -4 || exponent >= digits) {
    const sign = exponent < 0 ? '-' : '+';
    return `${trimZeros(mantissa)}e${sign}${String(Math.abs(exponent)).padStart(2, '0')}`;
  }
  return trimZeros(placePoint(mantissa, exponent));
}

/** toExponential rounds exact ties up in magnitude; C rounds them to even. */
function roundHalfEven(x: number, digits: number): string {
  const rounded = x.toExponential(digits - 1);
  const [mantissa, exponent] = x.toExponential(digits).split('e') as [string, string];
  if (!mantissa.endsWith('5')) return rounded;
  const exact = x.toExponential(99);
  const isTie = exact.startsWith(mantissa) && /^0*e/.test(exact.slice(mantissa.length));
  const below = mantissa.slice(0, -1);
  return isTie && '02468'.includes(below.slice(-1)) ? `${below}e${exponent}` : rounded;
}

/** `1.2345` and 2 to `123.45`; exponents from -4 to the number of digits. */
function placePoint(mantissa: string, exponent: number): string {
  const sign = mantissa.startsWith('-') ? '-' : '';
  const figures = mantissa.replace(/[-.]/g, '');
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${figures}`;
  const whole = figures.slice(0, exponent + 1);
  const rest = figures.slice(exponent + 1);
  return rest === '' ? `${sign}${whole}` : `${sign}${whole}.${rest}`;
}

function trimZeros(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

/** Space-separated numbers, `%.{digits}g` each. */
export function joinG(values: Iterable<number>, digits: number): string {
  return Array.from(values, (value) => formatG(value, digits)).join(' ');
}
