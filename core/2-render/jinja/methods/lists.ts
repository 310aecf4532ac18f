import { raise } from '../error.ts';
import { integer } from '../filters/filter.ts';
import { equal, iterate, order, truthy } from '../values/compare.ts';
import { orElse, Tuple, type Value } from '../values/value.ts';
import type { Method } from './method.ts';

const list = (self: Value): Value[] => {
  if (self instanceof Tuple)
    return raise('CH204', { problem: 'a tuple cannot be changed', fix: 'Make it a list: `x | list`.' });
  return self as Value[];
};

/** Methods of Python's `list` (and, those that change nothing, of `tuple`). */
export const listMethods: Readonly<Record<string, Method>> = {
  append: {
    parameters: ['object'],
    body: (self, [item]) => {
      list(self).push(item as Value);
      return null;
    },
  },
  extend: {
    parameters: ['iterable'],
    body: (self, [items]) => {
      const target = list(self);
      for (const item of [...iterate(items as Value)]) target.push(item);
      return null;
    },
  },
  insert: {
    parameters: ['index', 'object'],
    body: (self, [index, item]) => {
      list(self).splice(integer(index, 0), 0, item as Value);
      return null;
    },
  },
  remove: {
    parameters: ['value'],
    body: (self, [value]) => {
      const at = list(self).findIndex((item) => equal(item, value as Value));
      if (at === -1) return raise('CH204', { problem: 'the list does not hold the value to remove' });
      list(self).splice(at, 1);
      return null;
    },
  },
  pop: {
    parameters: ['index?'],
    body: (self, [index]) => {
      const at = integer(index, -1);
      const [item] = list(self).splice(at < 0 ? at + list(self).length : at, 1);
      return orElse(item, () => raise('CH204', { problem: 'there is nothing to pop' }));
    },
  },
  clear: {
    parameters: [],
    body: (self) => {
      list(self).length = 0;
      return null;
    },
  },
  reverse: {
    parameters: [],
    body: (self) => {
      list(self).reverse();
      return null;
    },
  },
  sort: {
    parameters: ['reverse?'],
    body: (self, [reverse]) => {
      const sign = truthy(reverse ?? false) ? -1 : 1;
      list(self).sort((a, b) => sign * order(a, b));
      return null;
    },
  },
  copy: { parameters: [], body: (self) => [...list(self)] },
  index: {
    parameters: ['value'],
    body: (self, [value]) => {
      const at = (self as Value[]).findIndex((item) => equal(item, value as Value));
      return at === -1 ? raise('CH204', { problem: 'the list does not hold the value' }) : at;
    },
  },
  count: {
    parameters: ['value'],
    body: (self, [value]) => (self as Value[]).filter((item) => equal(item, value as Value)).length,
  },
};
