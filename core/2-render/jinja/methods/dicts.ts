import { raise } from '../error.ts';
import { iterate, textOf } from '../values/compare.ts';
import { repr } from '../values/show.ts';
import { Dict, orElse, Tuple, type Value } from '../values/value.ts';
import type { Method } from './method.ts';

const dict = (self: Value) => self as Dict;

/** Methods of Python's `dict`. */
export const dictMethods: Readonly<Record<string, Method>> = {
  items: {
    parameters: [],
    body: (self) => [...dict(self).entries].map(([key, value]) => Tuple.of2(key, value)),
  },
  keys: { parameters: [], body: (self) => [...dict(self).entries.keys()] },
  values: { parameters: [], body: (self) => [...dict(self).entries.values()] },
  get: {
    parameters: ['key', 'default?'],
    body: (self, [key, fallback]) => orElse(dict(self).get(key as Value), () => fallback ?? null),
  },
  pop: {
    parameters: ['key', 'default?'],
    body: (self, [key, fallback]) => {
      const found = dict(self).get(key as Value);
      if (found === undefined) {
        return orElse(fallback, () =>
          raise('CH204', { problem: `the dict has no key ${repr(key as Value)}` }),
        );
      }
      dict(self).entries.delete(textOf(key) ?? (key as string));
      return found;
    },
  },
  setdefault: {
    parameters: ['key', 'default?'],
    body: (self, [key, fallback]) => {
      const found = dict(self).get(key as Value);
      if (found !== undefined) return found;
      dict(self).set(key as Value, fallback ?? null);
      return fallback ?? null;
    },
  },
  update: {
    parameters: ['other?', '**kwargs'],
    body: (self, [other, kwargs]) => {
      if (other instanceof Dict) for (const [key, value] of other.entries) dict(self).set(key, value);
      else if (other !== undefined) {
        for (const pair of iterate(other)) {
          const [key, value] = iterate(pair);
          dict(self).set(key as Value, value as Value);
        }
      }
      for (const [key, value] of (kwargs as Dict).entries) dict(self).set(key, value);
      return null;
    },
  },
  copy: { parameters: [], body: (self) => new Dict(new Map(dict(self).entries)) },
  clear: {
    parameters: [],
    body: (self) => {
      dict(self).entries.clear();
      return null;
    },
  },
};
