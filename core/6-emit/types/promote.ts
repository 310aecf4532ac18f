import { familyOf, type SqlType, unknown } from './family.ts';

const integerOrder = ['TINYINT', 'SMALLINT', 'INTEGER', 'BIGINT', 'HUGEINT'];

/** The common type of two values, as DuckDB finds it for CASE, COALESCE and set operations. */
export function commonType(a: SqlType, b: SqlType): SqlType {
  if (a === b || familyOf(b) === 'null') return a;
  if (familyOf(a) === 'null') return b;
  const [left, right] = [familyOf(a), familyOf(b)];
  if (left === 'unknown' || right === 'unknown') return unknown;
  if (left === 'float' || right === 'float') return numericPair(left, right) ? 'DOUBLE' : unknown;
  if (left === 'decimal' || right === 'decimal')
    return numericPair(left, right) ? widerDecimal(a, b) : unknown;
  if (left === 'integer' && right === 'integer') return widerInteger(a, b);
  if (left === 'date' && right === 'timestamp') return b;
  if (left === 'timestamp' && right === 'date') return a;
  if (left === 'timestamptz' || right === 'timestamptz') return 'TIMESTAMP WITH TIME ZONE';
  if (left === 'text' || right === 'text') return 'VARCHAR';
  return unknown;
}

function numericPair(left: string, right: string): boolean {
  const numeric = ['integer', 'decimal', 'float'];
  return numeric.includes(left) && numeric.includes(right);
}

function widerInteger(a: SqlType, b: SqlType): SqlType {
  const [left, right] = [integerOrder.indexOf(a), integerOrder.indexOf(b)];
  if (left < 0 || right < 0) return 'HUGEINT';
  return (left > right ? a : b) as SqlType;
}

function widerDecimal(a: SqlType, b: SqlType): SqlType {
  const [left, right] = [digits(a), digits(b)];
  const scale = Math.max(left.scale, right.scale);
  const whole = Math.max(left.width - left.scale, right.width - right.scale);
  return `DECIMAL(${Math.min(38, whole + scale)},${scale})`;
}

const integerDigits: Readonly<Record<string, number>> = { TINYINT: 3, SMALLINT: 5, INTEGER: 10, BIGINT: 19 };

/** Width and scale of a decimal, or of the decimal an integer is promoted to. */
export function digits(type: SqlType): { readonly width: number; readonly scale: number } {
  const match = /^DECIMAL\((\d+),\s*(\d+)\)$/.exec(type);
  if (match) return { width: Number(match[1]), scale: Number(match[2]) };
  return { width: integerDigits[type] ?? 38, scale: 0 };
}
