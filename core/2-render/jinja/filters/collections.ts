import { raise } from '../error.ts';
import { concatText } from '../segments.ts';
import { arithmetic } from '../values/arithmetic.ts';
import { equal, iterate, order, textOf, truthy } from '../values/compare.ts';
import { Group } from '../values/group.ts';
import { toText, typeName } from '../values/show.ts';
import { Dict, MappedText, orElse, PySet, Tuple, Undefined, type Value } from '../values/value.ts';
import { attributePath, fold, sortKeys } from './attribute.ts';
import { type Filters, integer, text } from './filter.ts';

/** Filters of sequences and mappings. */
export const collectionFilters: Filters = {
  join: {
    parameters: ['d?', 'attribute?'],
    body: (input, [separator, attribute]) => {
      const get = attributePath(attribute);
      const between = separator instanceof MappedText ? separator : toText(separator ?? '');
      const parts: (string | MappedText)[] = [];
      for (const item of iterate(input)) {
        if (parts.length > 0) parts.push(between);
        const value = get(item);
        parts.push(value instanceof MappedText ? value : toText(value));
      }
      return concatText(parts);
    },
  },
  length: { parameters: [], body: (input) => lengthOf(input) },
  count: { parameters: [], body: (input) => lengthOf(input) },
  first: {
    parameters: [],
    body: (input) =>
      orElse(iterate(input)[0], () => new Undefined('first', `${typeName(input)} without items`)),
  },
  last: {
    parameters: [],
    body: (input) =>
      orElse(iterate(input).at(-1), () => new Undefined('last', `${typeName(input)} without items`)),
  },
  random: {
    parameters: [],
    body: () =>
      raise('CH212', { name: 'random', fix: 'Compiled SQL must be the same each time; choose by a rule.' }),
  },
  list: { parameters: [], body: (input) => [...iterate(input)] },
  reverse: {
    parameters: [],
    body: (input) => {
      const all = textOf(input);
      return all === undefined ? [...iterate(input)].reverse() : [...all].reverse().join('');
    },
  },
  sort: {
    parameters: ['reverse?', 'case_sensitive?', 'attribute?'],
    body: (input, [reverse, caseSensitive, attribute]) => {
      const keys = sortKeys(attribute, truthy(caseSensitive ?? false));
      const sign = truthy(reverse ?? false) ? -1 : 1;
      return iterate(input)
        .map((item) => ({ item, key: keys(item) }))
        .sort((a, b) => sign * order(a.key, b.key))
        .map(({ item }) => item);
    },
  },
  unique: {
    parameters: ['case_sensitive?', 'attribute?'],
    body: (input, [caseSensitive, attribute]) => {
      const get = attributePath(attribute);
      const seen: Value[] = [];
      return iterate(input).filter((item) => {
        const key = fold(get(item), truthy(caseSensitive ?? false));
        if (seen.some((other) => equal(other, key))) return false;
        seen.push(key);
        return true;
      });
    },
  },
  min: { parameters: ['case_sensitive?', 'attribute?'], body: (input, args) => extreme(input, args, -1) },
  max: { parameters: ['case_sensitive?', 'attribute?'], body: (input, args) => extreme(input, args, 1) },
  sum: {
    parameters: ['attribute?', 'start?'],
    body: (input, [attribute, start]) => {
      const get = attributePath(attribute);
      return iterate(input).reduce<Value>((total, item) => arithmetic('+', total, get(item)), start ?? 0);
    },
  },
  batch: {
    parameters: ['linecount', 'fill_with?'],
    body: (input, [linecount, fill]) => {
      const size = integer(linecount, 1);
      if (size < 1) return raise('CH204', { problem: '`batch` needs at least 1 item per row' });
      const items = [...iterate(input)];
      const rows: Value[] = [];
      for (let i = 0; i < items.length; i += size) {
        const row = items.slice(i, i + size);
        if (fill !== undefined && fill !== null) while (row.length < size) row.push(fill);
        rows.push(row);
      }
      return rows;
    },
  },
  slice: {
    parameters: ['slices', 'fill_with?'],
    body: (input, [slices, fill]) => {
      const count = integer(slices, 1);
      if (count < 1) return raise('CH204', { problem: '`slice` needs at least 1 column' });
      const items = [...iterate(input)];
      const size = Math.floor(items.length / count);
      const longer = items.length % count;
      let at = 0;
      return Array.from({ length: count }, (_, i) => {
        const part = items.slice(at, at + size + (i < longer ? 1 : 0));
        at += part.length;
        if (fill !== undefined && fill !== null && i >= longer && longer > 0) part.push(fill);
        return part;
      });
    },
  },
  groupby: {
    parameters: ['attribute', 'default?', 'case_sensitive?'],
    body: (input, [attribute, fallback, caseSensitive]) => {
      const get = attributePath(attribute, fallback);
      const sensitive = truthy(caseSensitive ?? false);
      const keyed = iterate(input)
        .map((item) => ({ item, key: get(item) }))
        .sort((a, b) => order(fold(a.key, sensitive), fold(b.key, sensitive)));
      const groups: { key: Value; items: Value[] }[] = [];
      for (const { item, key } of keyed) {
        const current = groups.at(-1);
        if (current && equal(fold(current.key, sensitive), fold(key, sensitive))) current.items.push(item);
        else groups.push({ key, items: [item] });
      }
      return groups.map(({ key, items }) => new Group(key, items));
    },
  },
  dictsort: {
    parameters: ['case_sensitive?', 'by?', 'reverse?'],
    body: (input, [caseSensitive, by, reverse]) => {
      const which = text(by, 'key');
      if (which !== 'key' && which !== 'value')
        return raise('CH204', { problem: '`dictsort` sorts by `key` or `value`' });
      const at = which === 'key' ? 0 : 1;
      const sign = truthy(reverse ?? false) ? -1 : 1;
      const sensitive = truthy(caseSensitive ?? false);
      return pairs(input).sort(
        (a, b) => sign * order(fold(a[at] as Value, sensitive), fold(b[at] as Value, sensitive)),
      );
    },
  },
  items: { parameters: [], body: (input) => pairs(input) },
};

function pairs(input: Value): Tuple[] {
  if (!(input instanceof Dict))
    return raise('CH204', { problem: `a dict is needed, not ${typeName(input)}` });
  return [...input.entries].map(([key, value]) => Tuple.of2(key, value));
}

/** Python's `len()`. */
export function lengthOf(input: Value): number {
  const all = textOf(input);
  if (all !== undefined) return [...all].length;
  if (Array.isArray(input)) return input.length;
  if (input instanceof Dict) return input.entries.size;
  if (input instanceof PySet) return input.items.size;
  return iterate(input).length;
}

function extreme(
  input: Value,
  [caseSensitive, attribute]: readonly (Value | undefined)[],
  sign: 1 | -1,
): Value {
  const get = attributePath(attribute);
  const sensitive = truthy(caseSensitive ?? false);
  let best: { item: Value; key: Value } | undefined;
  for (const item of iterate(input)) {
    const key = fold(get(item), sensitive);
    if (!best || sign * order(key, best.key) > 0) best = { item, key };
  }
  return best
    ? get(best.item)
    : new Undefined(sign === 1 ? 'max' : 'min', `${typeName(input)} without items`);
}
