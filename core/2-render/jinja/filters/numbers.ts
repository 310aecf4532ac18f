import { raise } from '../error.ts';
import { numberOf, textOf } from '../values/compare.ts';
import { typeName } from '../values/show.ts';
import { Float, type Value } from '../values/value.ts';
import { type Filters, integer, text } from './filter.ts';

/** Filters of numbers. `int` and `float` fall back to their default on text that is no number, as in Jinja. */
export const numberFilters: Filters = {
  int: {
    parameters: ['default?', 'base?'],
    body: (input, [fallback, base]) =>
      toInteger(input, integer(base, 10)) ?? (fallback === undefined ? 0 : fallback),
  },
  float: {
    parameters: ['default?'],
    body: (input, [fallback]) => {
      const parsed = toFloat(input);
      return parsed !== undefined ? new Float(parsed) : fallback === undefined ? new Float(0) : fallback;
    },
  },
  abs: {
    parameters: [],
    body: (input) => {
      if (input instanceof Float) return new Float(Math.abs(input.value));
      if (typeof input === 'bigint') return input < 0n ? -input : input;
      return Math.abs(requireNumber(input));
    },
  },
  round: {
    parameters: ['precision?', 'method?'],
    body: (input, [precision, method]) => {
      const how = text(method, 'common');
      const digits = integer(precision, 0);
      const value = requireNumber(input);
      switch (how) {
        case 'common':
          // Python's round() of an int is an int; Jinja keeps it.
          return input instanceof Float
            ? new Float(roundHalfEven(value, digits))
            : roundHalfEven(value, digits);
        case 'ceil':
          return new Float(Math.ceil(value * 10 ** digits) / 10 ** digits);
        case 'floor':
          return new Float(Math.floor(value * 10 ** digits) / 10 ** digits);
        default:
          return raise('CH204', { problem: 'the method of `round` is `common`, `ceil` or `floor`' });
      }
    },
  },
  filesizeformat: {
    parameters: ['binary?'],
    body: (input, [binary]) => fileSize(requireNumber(input), binary === true),
  },
};

function requireNumber(value: Value): number {
  return numberOf(value) ?? raise('CH204', { problem: `a number is needed, not ${typeName(value)}` });
}

/** An integer from text or a number, truncated towards zero; undefined when it is none. */
export function toInteger(value: Value, base = 10): number | bigint | undefined {
  if (typeof value === 'number' || typeof value === 'bigint') return value;
  const number = numberOf(value);
  if (number !== undefined) return Number.isFinite(number) ? Math.trunc(number) : undefined;
  const source = textOf(value)?.trim().replaceAll('_', '');
  if (source === undefined || source === '') return undefined;
  if (base === 10) {
    if (/^[-+]?\d+$/.test(source)) {
      const parsed = Number(source);
      return Number.isSafeInteger(parsed) ? parsed : BigInt(source.replace(/^\+/, ''));
    }
    const parsed = toFloat(source);
    return parsed === undefined || !Number.isFinite(parsed) ? undefined : Math.trunc(parsed);
  }
  const digits = source.toLowerCase().replace(/^([-+]?)0[xob]/, '$1');
  const parsed = Number.parseInt(digits, base);
  return Number.isNaN(parsed) ||
    parsed.toString(base) !== digits.replace(/^\+/, '').replace(/^(-?)0+(?=.)/, '$1')
    ? undefined
    : parsed;
}

/** A float from text or a number; undefined when it is none. */
export function toFloat(value: Value): number | undefined {
  const number = numberOf(value);
  if (number !== undefined) return number;
  const source = textOf(value)?.trim().toLowerCase();
  if (source === undefined) return undefined;
  if (/^[-+]?(\d[\d_]*\.?\d*|\.\d+)(e[-+]?\d+)?$/.test(source)) return Number(source.replaceAll('_', ''));
  if (/^[-+]?(inf|infinity)$/.test(source))
    return source.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return source === 'nan' ? Number.NaN : undefined;
}

/** Python's `round`: the exact binary value decides, true halves go to the even neighbour. */
export function roundHalfEven(value: number, digits: number): number {
  if (!Number.isFinite(value) || digits > 15) return value;
  if (digits < 0) {
    const unit = 10 ** -digits;
    return halfEven(value / unit) * unit;
  }
  const scaled = value * 10 ** digits;
  if (Math.abs(scaled % 1) === 0.5 && isExactHalf(value, digits)) return halfEven(scaled) / 10 ** digits;
  return Number(value.toFixed(digits));
}

function isExactHalf(value: number, digits: number): boolean {
  return (
    value
      .toFixed(Math.min(100, digits + 30))
      .slice(-29)
      .replace(/0+$/, '') === ''
  );
}

function halfEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}

function fileSize(bytes: number, binary: boolean): string {
  const base = binary ? 1024 : 1000;
  if (bytes === 1) return '1 Byte';
  if (bytes < base) return `${Math.trunc(bytes)} Bytes`;
  const units = ['k', 'M', 'G', 'T', 'P', 'E', 'Z', 'Y'];
  let value = bytes / base;
  let unit = 0;
  while (value >= base && unit < units.length - 1) {
    value /= base;
    unit++;
  }
  const name = units[unit] as string;
  return `${value.toFixed(1)} ${binary ? `${name === 'k' ? 'K' : name}iB` : `${name}B`}`;
}
