import { iterate } from '../values/compare.ts';
import { PySet, toKey, type Value } from '../values/value.ts';
import type { Method } from './method.ts';

const set = (self: Value) => (self as PySet).items;
const keys = (others: Value | undefined) =>
  (others as Value[]).map((other) => new Set(iterate(other).map(toKey)));

/** Methods of Python's `set`. */
export const setMethods: Readonly<Record<string, Method>> = {
  add: {
    parameters: ['elem'],
    body: (self, [item]) => {
      set(self).add(toKey(item as Value));
      return null;
    },
  },
  discard: {
    parameters: ['elem'],
    body: (self, [item]) => {
      set(self).delete(toKey(item as Value));
      return null;
    },
  },
  update: {
    parameters: ['*others'],
    body: (self, [others]) => {
      for (const other of keys(others)) for (const key of other) set(self).add(key);
      return null;
    },
  },
  union: {
    parameters: ['*others'],
    body: (self, [others]) => new PySet(new Set([...set(self), ...keys(others).flatMap((o) => [...o])])),
  },
  intersection: {
    parameters: ['*others'],
    body: (self, [others]) =>
      new PySet(new Set([...set(self)].filter((key) => keys(others).every((other) => other.has(key))))),
  },
  difference: {
    parameters: ['*others'],
    body: (self, [others]) =>
      new PySet(new Set([...set(self)].filter((key) => !keys(others).some((other) => other.has(key))))),
  },
  issubset: {
    parameters: ['*others'],
    body: (self, [others]) => keys(others).every((other) => [...set(self)].every((key) => other.has(key))),
  },
};
