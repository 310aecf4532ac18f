import { z } from 'zod';
import { nearest } from '../../diagnostics/index.ts';
import { foreignConfigKeys, foreignMaterializations } from './foreign.ts';
import {
  anyMapping,
  anything,
  type Checker,
  checkedBy,
  flag,
  isMapping,
  listOf,
  mapping,
  nonEmpty,
  oneOf,
  oneOrList,
  orJinja,
  text,
} from './shape.ts';

/** What configuration can be for. */
export type ConfigKind =
  | 'model'
  | 'seed'
  | 'snapshot'
  | 'test'
  | 'analysis'
  | 'source'
  | 'exposure'
  | 'unit_test';

interface ConfigKey {
  readonly kinds: readonly ConfigKind[];
  readonly schema: z.ZodType;
}

const built: readonly ConfigKind[] = ['model', 'seed', 'snapshot'];
const every: readonly ConfigKind[] = [...built, 'test', 'analysis', 'source', 'exposure', 'unit_test'];
const model: readonly ConfigKind[] = ['model'];
const seed: readonly ConfigKind[] = ['seed'];
const snapshot: readonly ConfigKind[] = ['snapshot'];
const test: readonly ConfigKind[] = ['test'];

export const hook: z.ZodType = z.union([
  z.string(),
  mapping('a hook', { sql: z.string() }, { transaction: flag }),
]);
const hooks = oneOrList(hook);
const names = oneOrList(nonEmpty);
const count = orJinja(z.int().min(0));
const condition = orJinja(
  z.string().regex(/^\s*(=|!=|<>|<=?|>=?)\s*-?\d+(\.\d+)?\s*$/, {
    error: 'a comparison with a number, such as `> 10`',
  }),
);

const materialization = checkedBy((value, { report, hold }) => {
  const known = ['view', 'table', 'incremental', 'ephemeral'];
  if (typeof value !== 'string' || known.includes(value) || /\{[{%]/.test(value)) {
    return hold(oneOf(...known), value);
  }
  const foreign = foreignMaterializations[value];
  const near = nearest(value, known);
  if (foreign !== undefined) {
    report({ code: 'CH113', args: { what: `the materialization \`${value}\``, ...foreign } });
  } else if (near !== undefined) {
    report({
      code: 'CH112',
      args: { what: '`materialized`', problem: `cannot be \`${value}\``, nearest: near },
    });
  } else {
    const rewrite = `Use one of ${known.join(', ')}.`;
    report({
      code: 'CH113',
      args: {
        what: `the materialization \`${value}\``,
        reason: 'there are no custom materializations',
        rewrite,
      },
    });
  }
});

/** Every key of configuration, what it may configure, and what its value may be. dbt's names and meanings. */
export const configKeys: Readonly<Record<string, ConfigKey>> = {
  enabled: { kinds: every, schema: flag },
  tags: { kinds: every, schema: names },
  meta: { kinds: every, schema: anyMapping },
  docs: { kinds: every, schema: anyMapping },
  materialized: { kinds: model, schema: materialization },
  schema: { kinds: [...built, 'test', 'source'], schema: text },
  database: { kinds: [...built, 'test', 'source'], schema: text },
  alias: { kinds: [...built, 'test'], schema: nonEmpty },
  'pre-hook': { kinds: built, schema: hooks },
  'post-hook': { kinds: built, schema: hooks },
  pre_hook: { kinds: built, schema: hooks },
  post_hook: { kinds: built, schema: hooks },
  persist_docs: { kinds: built, schema: anyMapping },
  full_refresh: { kinds: ['model', 'seed'], schema: flag },
  contract: {
    kinds: model,
    schema: mapping('`contract`', {}, { enforced: flag, alias_types: flag }),
  },
  unique_key: { kinds: ['model', 'snapshot'], schema: names },
  incremental_strategy: {
    kinds: model,
    schema: oneOf('append', 'delete+insert', 'merge', 'microbatch', 'prediction_time'),
  },
  batches: { kinds: model, schema: orJinja(z.int().min(1)) },
  incremental_predicates: { kinds: model, schema: listOf(text) },
  merge_update_columns: { kinds: model, schema: names },
  merge_exclude_columns: { kinds: model, schema: names },
  on_schema_change: {
    kinds: model,
    schema: oneOf('ignore', 'fail', 'append_new_columns', 'sync_all_columns'),
  },
  event_time: { kinds: ['model', 'seed', 'snapshot', 'source'], schema: nonEmpty },
  begin: { kinds: model, schema: text },
  batch_size: { kinds: model, schema: oneOf('hour', 'day', 'month', 'year') },
  lookback: { kinds: model, schema: count },
  cluster_by: { kinds: built, schema: names },
  partition_by: { kinds: built, schema: names },
  column_types: { kinds: seed, schema: z.record(z.string(), z.string()) },
  quote_columns: { kinds: seed, schema: flag },
  delimiter: { kinds: seed, schema: nonEmpty },
  strategy: { kinds: snapshot, schema: oneOf('timestamp', 'check') },
  updated_at: { kinds: snapshot, schema: nonEmpty },
  check_cols: { kinds: snapshot, schema: z.union([z.array(nonEmpty), nonEmpty]) },
  target_schema: { kinds: snapshot, schema: text },
  target_database: { kinds: snapshot, schema: text },
  invalidate_hard_deletes: { kinds: snapshot, schema: flag },
  hard_deletes: { kinds: snapshot, schema: oneOf('ignore', 'invalidate', 'new_record') },
  snapshot_meta_column_names: { kinds: snapshot, schema: z.record(z.string(), z.string()) },
  dbt_valid_to_current: { kinds: snapshot, schema: text },
  severity: {
    kinds: test,
    schema: orJinja(z.string().regex(/^(error|warn)$/i, { error: '`error` or `warn`' })),
  },
  where: { kinds: test, schema: text },
  limit: { kinds: test, schema: count },
  fail_calc: { kinds: test, schema: nonEmpty },
  warn_if: { kinds: test, schema: condition },
  error_if: { kinds: test, schema: condition },
  store_failures: { kinds: test, schema: flag },
  store_failures_as: { kinds: test, schema: oneOf('ephemeral', 'table', 'view') },
  external_location: { kinds: ['source'], schema: nonEmpty },
  loaded_at_field: { kinds: ['source'], schema: nonEmpty },
};

/** Names of the keys that may configure this kind. */
export function knownConfig(kind: ConfigKind): readonly string[] {
  return Object.keys(configKeys).filter((key) => configKeys[key]?.kinds.includes(kind));
}

/** One configuration entry: known for this kind, and of the right type. `null` resets and is always allowed. */
export function checkConfigEntry(
  kind: ConfigKind,
  key: string,
  value: unknown,
  path: readonly PropertyKey[],
  { report, hold }: Checker,
): void {
  const bare = key.replace(/^\+/, '');
  const known = configKeys[bare];
  if (known?.kinds.includes(kind)) {
    if (value !== null) hold(known.schema, value, path);
    return;
  }
  const foreign = foreignConfigKeys[bare];
  if (foreign?.verdict === 'refused') {
    const { reason, rewrite } = foreign;
    report({
      code: 'CH113',
      args: { what: `the configuration \`${bare}\``, reason, rewrite },
      path,
      onKey: true,
    });
  } else if (foreign !== undefined) {
    const { reason, fix } = foreign;
    report({
      code: 'CH114',
      args: { what: `the configuration \`${bare}\``, reason, fix },
      path,
      onKey: true,
    });
  } else if (known !== undefined) {
    const args = {
      key: bare,
      where: `the configuration of ${articled(kind)}`,
      fix: `It configures ${known.kinds.map(articled).join(', ')} only.`,
    };
    report({ code: 'CH102', args, path, onKey: true });
  } else {
    const near = nearest(bare, knownConfig(kind));
    const fix = near === undefined ? 'Values of your own belong under `meta:`.' : undefined;
    const args = { key: bare, where: `the configuration of ${articled(kind)}`, nearest: near, fix };
    report({ code: 'CH102', args, path, onKey: true });
  }
}

/** `config:` of a properties entry. */
export function configSchema(kind: ConfigKind): z.ZodType {
  return checkedBy((value, checker) => {
    if (!isMapping(value)) return checker.hold(anyMapping, value);
    for (const [key, entry] of Object.entries(value)) {
      if (kind === 'source' && key === 'freshness') checker.hold(anything, entry);
      else checkConfigEntry(kind, key, entry, [key], checker);
    }
  });
}

export function articled(kind: ConfigKind): string {
  const word = kind.replace('_', ' ');
  return /^[aeiou]/.test(word) && kind !== 'unit_test' ? `an ${word}` : `a ${word}`;
}
