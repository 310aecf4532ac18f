import { raise } from '../error.ts';
import { typeName } from './show.ts';
import { Dict, Float, MappedText, PyObject, PySet, Tuple, toKey, Undefined, type Value } from './value.ts';

/** Python's truth. A name that is not defined has none: a typo in an `if` must not silently drop SQL. */
export function truthy(value: Value): boolean {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'string') return value !== '';
  if (typeof value === 'number') return value !== 0;
  if (value === null) return false;
  if (typeof value === 'bigint') return value !== 0n;
  if (Array.isArray(value)) return value.length > 0;
  if (value instanceof MappedText) return value.text !== '';
  if (value instanceof Dict) return value.entries.size > 0;
  if (value instanceof Float) return value.value !== 0;
  if (value instanceof PySet) return value.items.size > 0;
  if (value instanceof Undefined) return value.owner === undefined ? value.fail() : false;
  return value.truthy();
}

/** The text of a string, or undefined for another type. */
export function textOf(value: Value | undefined): string | undefined {
  return typeof value === 'string' ? value : value instanceof MappedText ? value.text : undefined;
}

/** The number behind an int, float or boolean, or undefined. Integers beyond 2^53 lose digits here. */
export function numberOf(value: Value | undefined): number | undefined {
  if (typeof value === 'number') return value;
  if (value instanceof Float) return value.value;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'bigint') return Number(value);
  return undefined;
}

/** Python's `==`. */
export function equal(left: Value, right: Value): boolean {
  if (left === right) return true;
  const leftText = textOf(left);
  if (leftText !== undefined) return leftText === textOf(right);
  const leftNumber = numberOf(left);
  if (leftNumber !== undefined) {
    if (typeof left === 'bigint' && typeof right === 'bigint') return left === right;
    return leftNumber === numberOf(right);
  }
  if (Array.isArray(left)) {
    if (!Array.isArray(right) || left instanceof Tuple !== right instanceof Tuple) return false;
    return left.length === right.length && left.every((item, i) => equal(item, right[i] as Value));
  }
  if (left instanceof Dict) {
    if (!(right instanceof Dict) || left.entries.size !== right.entries.size) return false;
    return [...left.entries].every(([key, item]) => {
      const other = right.entries.get(key);
      return other !== undefined && equal(item, other);
    });
  }
  if (left instanceof PySet) {
    return (
      right instanceof PySet &&
      left.items.size === right.items.size &&
      [...left.items].every((i) => right.items.has(i))
    );
  }
  if (left instanceof Undefined) return left.owner === undefined ? left.fail() : right instanceof Undefined;
  if (left instanceof PyObject) return left.equals(right);
  return right instanceof Undefined && right.owner === undefined ? right.fail() : false;
}

/** Negative, zero or positive; values without an order between them are refused. */
export function order(left: Value, right: Value): number {
  const leftText = textOf(left);
  const rightText = textOf(right);
  if (leftText !== undefined && rightText !== undefined) return compareText(leftText, rightText);
  if (typeof left === 'bigint' && typeof right === 'bigint') return left < right ? -1 : left > right ? 1 : 0;
  const leftNumber = numberOf(left);
  const rightNumber = numberOf(right);
  if (leftNumber !== undefined && rightNumber !== undefined) return leftNumber - rightNumber;
  if (Array.isArray(left) && Array.isArray(right)) {
    for (let i = 0; i < Math.min(left.length, right.length); i++) {
      const result = order(left[i] as Value, right[i] as Value);
      if (result !== 0) return result;
    }
    return left.length - right.length;
  }
  if (left instanceof PyObject && 'compareTo' in left && right instanceof PyObject) {
    const result = (left as PyObject & { compareTo(other: PyObject): number | undefined }).compareTo(right);
    if (result !== undefined) return result;
  }
  if (left instanceof Undefined) return left.fail();
  if (right instanceof Undefined) return right.fail();
  return raise('CH204', { problem: `${typeName(left)} and ${typeName(right)} cannot be ordered` });
}

/** By code points, as Python orders strings. */
function compareText(left: string, right: string): number {
  if (left === right) return 0;
  const length = Math.min(left.length, right.length);
  for (let i = 0; i < length; i++) {
    const a = left.charCodeAt(i);
    const b = right.charCodeAt(i);
    // Surrogates stand for code points above every other unit.
    if (a !== b)
      return (a >= 0xd800 && a <= 0xdfff ? a + 0x10000 : a) - (b >= 0xd800 && b <= 0xdfff ? b + 0x10000 : b);
  }
  return left.length - right.length;
}

/** Python's `in`. */
export function contains(container: Value, item: Value): boolean {
  const text = textOf(container);
  if (text !== undefined) {
    const wanted = textOf(item);
    if (wanted === undefined) {
      return raise('CH204', { problem: `only a string can be in a string, not ${typeName(item)}` });
    }
    return text.includes(wanted);
  }
  if (Array.isArray(container)) return container.some((member) => equal(member, item));
  if (container instanceof Dict) return container.has(item);
  if (container instanceof PySet) return container.items.has(toKey(item));
  if (container instanceof Undefined) return container.owner === undefined ? container.fail() : false;
  if (container instanceof PyObject) {
    const items = container.iterate();
    if (items) return items.some((member) => equal(member, item));
  }
  return raise('CH204', { problem: `nothing can be in ${typeName(container)}` });
}

/** The items of whatever can be looped over; a dict gives its keys, a string its characters. */
export function iterate(value: Value): readonly Value[] {
  if (Array.isArray(value)) return value;
  if (value instanceof Dict) return [...value.entries.keys()];
  if (value instanceof PySet) return [...value.items];
  const text = textOf(value);
  if (text !== undefined) return [...text];
  if (value instanceof Undefined) return value.fail();
  if (value instanceof PyObject) {
    const items = value.iterate();
    if (items) return items;
  }
  return raise('CH204', { problem: `${typeName(value)} cannot be looped over` });
}
