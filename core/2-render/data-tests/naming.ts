import type { ConfigValue } from '../../1-load/index.ts';
import { md5 } from '../compile/hash.ts';
import { fromData } from '../jinja/values/json.ts';
import { repr, toText } from '../jinja/values/show.ts';
import { Dict, type Value } from '../jinja/values/value.ts';

/** What identifies a generic test: the names and hash dbt derives depend on nothing else. */
export interface TestIdentity {
  readonly project: string;
  /** `unique`, or `source_unique` on a source. */
  readonly test: string;
  /** Name of the model, or `<source>_<table>`. */
  readonly target: string;
  /** The call that gives the test its `model`: `ref('orders')`. */
  readonly reference: string;
  readonly column?: string;
  readonly arguments: Readonly<Record<string, ConfigValue>>;
  /** The user's own name. */
  readonly name?: string;
}

export interface TestNames {
  readonly name: string;
  /** At most 63 characters; the relation of stored failures. */
  readonly alias: string;
  readonly uniqueId: string;
}

/**
 * dbt's names of a generic test: its full name, the alias cut to 30 characters and a hash when 64 or longer, and the
 * unique_id with 10 characters of the hash over name and arguments.
 *
 * @example `test.shop.unique_customers_customer_id.c5af1ff4b1`
 */
export function testNames(identity: TestIdentity): TestNames {
  const { project, target, reference, column } = identity;
  const args: Record<string, ConfigValue> = {
    ...identity.arguments,
    ...(column !== undefined && { column_name: column }),
  };
  const full = identity.name ?? fullName(identity.test, target, args);
  const alias = identity.name === undefined ? shortName(identity.test, target, full) : full;
  const metadata = fromData({
    namespace: 'None',
    name: identity.test.replace(/^source_/, ''),
    kwargs: { ...args, model: `{{ get_where_subquery(${reference}) }}` },
  });
  const hash = md5(`${full}${repr(hashable(metadata))}`).slice(-10);
  return { name: full, alias, uniqueId: `test.${project}.${full}.${hash}` };
}

/** The same names for a test of a column without further arguments, without building what is hashed as values. */
export function columnTestNames(
  project: string,
  test: string,
  target: string,
  reference: string,
  column: string,
): TestNames {
  const full = `${test}_${target}_${column.replace(/[^0-9a-zA-Z_]+/g, '_')}`;
  const model = repr(`{{ get_where_subquery(${reference}) }}`);
  const bare = test.startsWith('source_') ? test.slice('source_'.length) : test;
  const metadata = `{'kwargs': {'column_name': ${repr(column)}, 'model': ${model}}, 'name': '${bare}', 'namespace': 'None'}`;
  const alias = full.length < 64 ? full : shortName(test, target, full);
  return { name: full, alias, uniqueId: `test.${project}.${full}.${md5(full + metadata).slice(-10)}` };
}

function fullName(test: string, target: string, args: Readonly<Record<string, ConfigValue>>): string {
  const flat = Object.keys(args)
    .sort()
    .flatMap((key) => {
      const value = args[key] as ConfigValue;
      if (Array.isArray(value)) return value;
      return typeof value === 'object' && value !== null ? Object.values(value) : [value];
    });
  const clean = flat.map((part) => toText(fromData(part)).replace(/[^0-9a-zA-Z_]+/g, '_'));
  return `${test}_${target}_${clean.join('__')}`;
}

/** At most 63 characters of a test's full name. */
export function shortName(test: string, target: string, full: string): string {
  return full.length < 64 ? full : `${`${test}_${target}`.slice(0, 30)}_${md5(full)}`;
}

/** Dicts sorted by key, everything else as text: what dbt hashes. */
function hashable(value: Value): Value {
  if (value instanceof Dict) {
    const sorted = [...value.entries].sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
    return new Dict(new Map(sorted.map(([key, item]) => [key, hashable(item)])));
  }
  return Array.isArray(value) ? value.map(hashable) : toText(value);
}
