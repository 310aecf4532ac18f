import { itemOf } from '../access.ts';
import { textOf } from '../values/compare.ts';
import { toText } from '../values/show.ts';
import { Tuple, Undefined, type Value } from '../values/value.ts';

/** What `attribute='a.b'` or `attribute=0` reads from an item; the item itself without one. */
export function attributePath(attribute: Value | undefined, fallback?: Value): (item: Value) => Value {
  if (attribute === undefined || attribute === null) return (item) => item;
  const path: Value[] =
    typeof attribute === 'number'
      ? [attribute]
      : toText(attribute)
          .split('.')
          .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
  return (item) => {
    let value = item;
    for (const key of path) {
      value = itemOf(value, key);
      if (value instanceof Undefined && fallback !== undefined) return fallback;
    }
    return value;
  };
}

/** Jinja compares text without case unless told otherwise. */
export function fold(value: Value, caseSensitive: boolean): Value {
  return caseSensitive ? value : (textOf(value)?.toLowerCase() ?? value);
}

/** The key of `sort(attribute='a,b')`: one value, or a tuple of them. */
export function sortKeys(attribute: Value | undefined, caseSensitive: boolean): (item: Value) => Value {
  const text = textOf(attribute);
  if (!text?.includes(',')) {
    const get = attributePath(attribute);
    return (item) => fold(get(item), caseSensitive);
  }
  const getters = text.split(',').map((part) => attributePath(part.trim()));
  return (item) => Tuple.of2(...getters.map((get) => fold(get(item), caseSensitive)));
}
