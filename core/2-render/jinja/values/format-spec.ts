import { raise } from '../error.ts';
import { numberOf, textOf } from './compare.ts';
import { floatText, toText, typeName } from './show.ts';
import { Float, type Value } from './value.ts';

const grammar = /^(?:(.)?([<>^=]))?([-+ ])?(#)?(0)?(\d+)?([,_])?(?:\.(\d+))?([bcdeEfFgGnosxX%])?$/su;

/** Python's format mini-language: `format(value, '>8.2f')`. */
export function formatSpec(value: Value, spec: string): string {
  const match = grammar.exec(spec);
  if (!match) return raise('CH204', { problem: `\`${spec}\` is not a format` });
  const [, fillChar, align, sign, alternate, zero, width, grouping, precision, type] = match;
  const number = textOf(value) === undefined && typeof value !== 'boolean' ? numberOf(value) : undefined;
  let body: string;
  let prefix = '';
  if (number === undefined || type === 's') {
    if (type !== undefined && type !== 's')
      raise('CH204', { problem: `format \`${type}\` does not fit ${typeName(value)}` });
    body = toText(value);
    if (precision !== undefined) body = body.slice(0, Number(precision));
  } else {
    const negative = number < 0 || Object.is(number, -0);
    body = magnitude(value, Math.abs(number), type, precision, alternate !== undefined);
    if (grouping) body = group(body, grouping);
    prefix = negative ? '-' : sign === '+' || sign === ' ' ? sign : '';
  }
  const numeric = number !== undefined && type !== 's';
  const fill = fillChar ?? (zero && numeric ? '0' : ' ');
  const where = align ?? (zero && numeric ? '=' : numeric ? '>' : '<');
  const missing = Math.max(0, Number(width ?? 0) - prefix.length - body.length);
  switch (where) {
    case '<':
      return prefix + body + fill.repeat(missing);
    case '^':
      return fill.repeat(missing >> 1) + prefix + body + fill.repeat(missing - (missing >> 1));
    case '=':
      return prefix + fill.repeat(missing) + body;
    default:
      return fill.repeat(missing) + prefix + body;
  }
}

function magnitude(
  value: Value,
  number: number,
  type: string | undefined,
  precision: string | undefined,
  alternate: boolean,
): string {
  const digits = precision === undefined ? 6 : Number(precision);
  switch (type) {
    case 'f':
    case 'F':
      return fixed(number, digits);
    case '%':
      return `${fixed(number * 100, digits)}%`;
    case 'e':
    case 'E': {
      const text = number.toExponential(digits).replace(/e([+-])(\d)$/, 'e$10$2');
      return type === 'E' ? text.toUpperCase() : text;
    }
    case 'g':
    case 'G':
      return general(number, digits === 0 ? 1 : digits);
    case 'b':
      return (alternate ? '0b' : '') + number.toString(2);
    case 'o':
      return (alternate ? '0o' : '') + number.toString(8);
    case 'x':
      return (alternate ? '0x' : '') + number.toString(16);
    case 'X':
      return (alternate ? '0X' : '') + number.toString(16).toUpperCase();
    case 'c':
      return String.fromCodePoint(number);
    default:
      if (value instanceof Float)
        return precision === undefined ? floatText(number) : general(number, digits);
      return typeof value === 'bigint' ? String(value < 0n ? -value : value) : String(number);
  }
}

/** `toFixed` is exact below 1e21 and rounds halves of the decimal expansion of the binary value, as Python does. */
function fixed(number: number, digits: number): string {
  if (!Number.isFinite(number)) return floatText(number);
  return number < 1e21
    ? number.toFixed(Math.min(digits, 100))
    : `${BigInt(number)}${digits > 0 ? `.${'0'.repeat(digits)}` : ''}`;
}

function general(number: number, digits: number): string {
  if (!Number.isFinite(number)) return floatText(number);
  if (number === 0) return '0';
  const exponent = Number(number.toExponential(digits - 1).split('e')[1]);
  if (exponent < -4 || exponent >= digits) {
    const [mantissa] = number.toExponential(digits - 1).split('e') as [string];
    const short = mantissa.includes('.') ? mantissa.replace(/\.?0+$/, '') : mantissa;
    return `${short}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
  }
  const text = number.toFixed(Math.max(0, digits - 1 - exponent));
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

function group(body: string, mark: string): string {
  const [whole, ...rest] = body.split('.') as [string, ...string[]];
  return [whole.replace(/\B(?=(\d{3})+(?!\d))/g, mark), ...rest].join('.');
}
