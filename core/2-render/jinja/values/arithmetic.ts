import type { BinaryOperator } from '../ast.ts';
import { raise } from '../error.ts';
import { concatText, sliceText } from '../segments.ts';
import { numberOf, textOf } from './compare.ts';
import { percentFormat } from './percent-format.ts';
import { typeName } from './show.ts';
import { Float, MappedText, PyObject, PySet, Tuple, Undefined, type Value } from './value.ts';

const longestRepeat = 1_000_000;

/** Python's arithmetic: `/` gives floats, `//` and `%` round towards minus infinity, integers never overflow. */
export function arithmetic(operator: BinaryOperator, left: Value, right: Value): Value {
  if (typeof left === 'number' && typeof right === 'number') return integers(operator, left, right);
  if (left instanceof Undefined) return left.fail();
  if (right instanceof Undefined) return right.fail();
  const leftText = textOf(left);
  if (leftText !== undefined) {
    const rightText = textOf(right);
    if (operator === '+' && rightText !== undefined)
      return concatText([left as string | MappedText, right as string | MappedText]);
    if (operator === '%') return percentFormat(leftText, right);
    const times = numberOf(right);
    if (operator === '*' && times !== undefined) return repeat(leftText, times);
    return refuse(operator, left, right);
  }
  const a = numberOf(left);
  const b = numberOf(right);
  if (a !== undefined && b !== undefined) {
    if (left instanceof Float || right instanceof Float) return floats(operator, a, b);
    return integers(operator, typeof left === 'bigint' ? left : a, typeof right === 'bigint' ? right : b);
  }
  if (a !== undefined && operator === '*' && (textOf(right) !== undefined || Array.isArray(right)))
    return arithmetic('*', right, left);
  if (Array.isArray(left)) {
    if (operator === '+' && Array.isArray(right) && left instanceof Tuple === right instanceof Tuple) {
      return left instanceof Tuple ? Tuple.of2(...left, ...right) : [...left, ...right];
    }
    if (operator === '*' && b !== undefined) {
      if (left.length * b > longestRepeat)
        raise('CH218', { what: 'items of a repeated list', limit: String(longestRepeat) });
      return Array.from({ length: Math.max(0, b) }, () => left).flat();
    }
  }
  if (left instanceof PySet && right instanceof PySet && operator === '-') {
    return new PySet(new Set([...left.items].filter((item) => !right.items.has(item))));
  }
  if (left instanceof PyObject && 'arithmetic' in left) {
    const result = (
      left as PyObject & { arithmetic(o: BinaryOperator, r: Value): Value | undefined }
    ).arithmetic(operator, right);
    if (result !== undefined) return result;
  }
  return refuse(operator, left, right);
}

function refuse(operator: string, left: Value, right: Value): never {
  const isText = textOf(left) !== undefined || textOf(right) !== undefined;
  return raise('CH204', {
    problem: `\`${operator}\` does not work on ${typeName(left)} and ${typeName(right)}`,
    ...(operator === '+' && isText && { fix: 'Use `~` to join values as text.' }),
  });
}

function repeat(text: string, times: number): string {
  const count = Math.max(0, Math.trunc(times));
  if (text.length * count > 16 * longestRepeat)
    raise('CH218', { what: 'characters of a repeated string', limit: String(16 * longestRepeat) });
  return text.repeat(count);
}

function floats(operator: BinaryOperator, a: number, b: number): Float {
  if (b === 0 && (operator === '/' || operator === '//' || operator === '%')) return divisionByZero();
  switch (operator) {
    case '+':
      return new Float(a + b);
    case '-':
      return new Float(a - b);
    case '*':
      return new Float(a * b);
    case '/':
      return new Float(a / b);
    case '//':
      return new Float(Math.floor(a / b));
    case '%':
      return new Float(a - b * Math.floor(a / b));
    case '**':
      return new Float(a ** b);
  }
}

function divisionByZero(): never {
  return raise('CH204', { problem: 'division by zero' });
}

function integers(operator: BinaryOperator, a: number | bigint, b: number | bigint): Value {
  if (operator === '/') {
    if (Number(b) === 0) return divisionByZero();
    return new Float(Number(a) / Number(b));
  }
  if (operator === '**' && b < 0) return new Float(Number(a) ** Number(b));
  if (typeof a === 'number' && typeof b === 'number') {
    const fast = smallIntegers(operator, a, b);
    if (Number.isSafeInteger(fast)) return fast === 0 ? 0 : fast;
  }
  return bigIntegers(operator, BigInt(a), BigInt(b));
}

function smallIntegers(operator: Exclude<BinaryOperator, '/'>, a: number, b: number): number {
  if (b === 0 && (operator === '//' || operator === '%')) return divisionByZero();
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '//':
      return Math.floor(a / b);
    case '%':
      return a - b * Math.floor(a / b);
    case '**':
      return a ** b;
  }
}

function bigIntegers(operator: Exclude<BinaryOperator, '/'>, a: bigint, b: bigint): Value {
  if (b === 0n && (operator === '//' || operator === '%')) return divisionByZero();
  switch (operator) {
    case '+':
      return shrink(a + b);
    case '-':
      return shrink(a - b);
    case '*':
      return shrink(a * b);
    case '//':
      return shrink(floorDivide(a, b));
    case '%':
      return shrink(a - b * floorDivide(a, b));
    case '**':
      if (b > 4096n) return raise('CH218', { what: 'the exponent of an integer', limit: '4096' });
      return shrink(a ** b);
  }
}

function floorDivide(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  return a % b !== 0n && a < 0n !== b < 0n ? quotient - 1n : quotient;
}

/** Integers within 2^53 are numbers, so that equal integers are represented alike. */
export function shrink(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

/** Unary minus and plus. */
export function negate(value: Value, operator: '-' | '+'): Value {
  const number = numberOf(value);
  if (value instanceof Undefined) return value.fail();
  if (number === undefined)
    return raise('CH204', { problem: `\`${operator}\` does not work on ${typeName(value)}` });
  if (value instanceof Float) return operator === '-' ? new Float(-number) : value;
  if (typeof value === 'bigint') return operator === '-' ? shrink(-value) : value;
  return operator === '-' && number !== 0 ? -number : number;
}

/** Python's `sequence[from:to:step]`. */
export function slice(object: Value, bounds: readonly [Value, Value, Value]): Value {
  const [from, to, step] = bounds.map((bound) => {
    if (bound === null) return undefined;
    const number = numberOf(bound);
    return number ?? raise('CH204', { problem: `a slice takes integers, not ${typeName(bound)}` });
  }) as [number | undefined, number | undefined, number | undefined];
  if (step === 0) return raise('CH204', { problem: 'the step of a slice is 0' });
  if (object instanceof MappedText && (step ?? 1) === 1) {
    const [first, last] = resolve(object.text.length, from, to, 1);
    return sliceText(object, first, Math.max(first, last));
  }
  const text = textOf(object);
  if (text !== undefined) return pick([...text], from, to, step ?? 1).join('');
  if (object instanceof Tuple) return Tuple.of2(...pick(object, from, to, step ?? 1));
  if (Array.isArray(object)) return pick(object, from, to, step ?? 1);
  if (object instanceof Undefined) return object.fail();
  return raise('CH204', { problem: `${typeName(object)} cannot be sliced` });
}

function pick<T>(items: readonly T[], from: number | undefined, to: number | undefined, step: number): T[] {
  const [first, last] = resolve(items.length, from, to, step);
  const out: T[] = [];
  if (step > 0) for (let i = first; i < last; i += step) out.push(items[i] as T);
  else for (let i = first; i > last; i += step) out.push(items[i] as T);
  return out;
}

function resolve(
  length: number,
  from: number | undefined,
  to: number | undefined,
  step: number,
): [number, number] {
  const low = step > 0 ? 0 : -1;
  const high = step > 0 ? length : length - 1;
  const clamp = (bound: number) => Math.min(Math.max(bound < 0 ? bound + length : bound, low), high);
  return [
    from === undefined ? (step > 0 ? 0 : high) : clamp(from),
    to === undefined ? (step > 0 ? length : -1) : clamp(to),
  ];
}
