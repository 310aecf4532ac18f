import { createRequire } from 'node:module';
import { md5 } from '../compile/hash.ts';
import { raise } from '../jinja/error.ts';
import { integer } from '../jinja/filters/filter.ts';
import { iterate, textOf, truthy } from '../jinja/values/compare.ts';
import { fromData, toData, toJson } from '../jinja/values/json.ts';
import { Namespace } from '../jinja/values/namespace.ts';
import { native } from '../jinja/values/native.ts';
import { toText, typeName } from '../jinja/values/show.ts';
import { Dict, PySet, Tuple, toKey, type Value } from '../jinja/values/value.ts';
import { Cycler, Joiner } from './jinja-objects.ts';

const longestRange = 1_000_000;

const range = native('range', ['start', 'stop?', 'step?'], ([first, second, third]) => {
  const start = second === undefined ? 0 : integer(first, 0);
  const stop = second === undefined ? integer(first, 0) : integer(second, 0);
  const step = integer(third, 1);
  if (step === 0) return raise('CH204', { problem: 'the step of `range` is 0' });
  const length = Math.max(0, Math.ceil((stop - start) / step));
  if (length > longestRange)
    return raise('CH218', { what: 'numbers of a range', limit: String(longestRange) });
  return Array.from({ length }, (_, i) => start + i * step);
});

const zip = native('zip', ['*args', 'default?'], ([lists, fallback]) => {
  const columns = lists as Value[];
  if (columns.some((column) => column === null)) return fallback ?? null;
  const all = columns.map((column) => iterate(column));
  const length = all.length === 0 ? 0 : Math.min(...all.map((column) => column.length));
  return Array.from({ length }, (_, i) => Tuple.of2(...all.map((column) => column[i] as Value)));
});

const makeSet = native('set', ['value?', 'default?'], ([value, fallback]) => {
  if (value === undefined) return new PySet();
  if (value === null) return fallback ?? null;
  return new PySet(new Set(iterate(value).map(toKey)));
});

const dict = native('dict', ['*args', '**kwargs'], ([args, kwargs]) => {
  const out = new Dict();
  for (const argument of args as Value[]) {
    if (argument instanceof Dict) for (const [key, value] of argument.entries) out.set(key, value);
    else {
      for (const pair of iterate(argument)) {
        const [key, value] = iterate(pair);
        out.set(key as Value, value as Value);
      }
    }
  }
  for (const [key, value] of (kwargs as Dict).entries) out.set(key, value);
  return out;
});

const namespace = native('namespace', ['*args', '**kwargs'], ([args, kwargs]) => {
  const values = new Map<string, Value>();
  for (const argument of args as Value[]) {
    if (!(argument instanceof Dict))
      return raise('CH205', { callee: 'namespace', problem: `takes a dict, not ${typeName(argument)}` });
    for (const [key, value] of argument.entries) values.set(toText(key), value);
  }
  for (const [key, value] of (kwargs as Dict).entries) values.set(toText(key), value);
  return new Namespace(values);
});

const fromJson = native('fromjson', ['string', 'default?'], ([text, fallback]) => {
  try {
    return fromData(JSON.parse(textOf(text) ?? ''));
  } catch {
    return fallback ?? null;
  }
});

const toJsonFunction = native('tojson', ['value', 'default?', 'sort_keys?'], ([value, , sortKeys]) =>
  toJson(value as Value, { sortKeys: truthy(sortKeys ?? false) }),
);

/** The yaml package is large and seldom needed here: loaded when first called. */
const yaml = () => createRequire(import.meta.url)('yaml') as typeof import('yaml');

const fromYaml = native('fromyaml', ['string', 'default?'], ([text, fallback]) => {
  try {
    return fromData(yaml().parse(textOf(text) ?? ''));
  } catch {
    return fallback ?? null;
  }
});

const toYaml = native('toyaml', ['value', 'default?', 'sort_keys?'], ([value, , sortKeys]) =>
  yaml().stringify(toData(value as Value), { sortMapEntries: truthy(sortKeys ?? false) }),
);

const localMd5 = native('local_md5', ['value'], ([value]) => md5(toText(value as Value)));

/** Functions without side effects that Jinja and dbt give every template. */
export const pureFunctions: ReadonlyMap<string, Value> = new Map<string, Value>([
  ['range', range],
  ['zip', zip],
  ['zip_strict', zip],
  ['set', makeSet],
  ['set_strict', makeSet],
  ['dict', dict],
  ['namespace', namespace],
  ['cycler', native('cycler', ['*items'], ([items]) => new Cycler(items as Value[]))],
  ['joiner', native('joiner', ['sep?'], ([separator]) => new Joiner(textOf(separator) ?? ', '))],
  ['fromjson', fromJson],
  ['tojson', toJsonFunction],
  ['fromyaml', fromYaml],
  ['toyaml', toYaml],
  ['local_md5', localMd5],
]);
