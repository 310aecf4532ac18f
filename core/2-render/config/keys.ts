import type { ConfigValue } from '../../1-load/index.ts';

export type ConfigOwner = 'model' | 'seed' | 'snapshot' | 'test' | 'analysis';

/** What is wrong with a value, or undefined. */
type Check = (value: ConfigValue) => string | undefined;

interface ConfigKey {
  readonly owners: readonly ConfigOwner[];
  readonly check: Check;
}

const text: Check = (value) => (typeof value === 'string' ? undefined : 'must be text');
const flag: Check = (value) =>
  typeof value === 'boolean' || value === 'true' || value === 'false' || value === 'True' || value === 'False'
    ? undefined
    : 'must be true or false';
const anything: Check = () => undefined;
const mapping: Check = (value) =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? undefined : 'must be a mapping';
const texts: Check = (value) =>
  typeof value === 'string' || (Array.isArray(value) && value.every((item) => typeof item === 'string'))
    ? undefined
    : 'must be a name or a list of names';
const oneOf =
  (...known: readonly string[]): Check =>
  (value) =>
    typeof value === 'string' && known.includes(value) ? undefined : `must be one of ${known.join(', ')}`;
const count: Check = (value) =>
  Number.isInteger(typeof value === 'string' ? Number(value) : value) ? undefined : 'must be a whole number';
const positive: Check = (value) =>
  count(value) === undefined && Number(value) >= 1 ? undefined : 'must be a whole number of 1 or more';
const hooks: Check = (value) => {
  const one = (hook: ConfigValue) =>
    typeof hook === 'string' ||
    (typeof hook === 'object' && hook !== null && !Array.isArray(hook) && 'sql' in hook);
  return one(value) || (Array.isArray(value) && value.every(one))
    ? undefined
    : 'must be SQL or a list of SQL';
};
const condition: Check = (value) =>
  typeof value === 'string' && /^\s*(=|!=|<>|<=?|>=?)\s*-?\d+(\.\d+)?\s*$/.test(value)
    ? undefined
    : 'must compare with a number, such as `> 10`';

const built: readonly ConfigOwner[] = ['model', 'seed', 'snapshot'];
const model: readonly ConfigOwner[] = ['model'];
const snapshot: readonly ConfigOwner[] = ['snapshot'];
const test: readonly ConfigOwner[] = ['test'];
const all: readonly ConfigOwner[] = [...built, 'test', 'analysis'];

/** What `config()` accepts in SQL: dbt's keys, whose they are, and what their values must be. */
export const configKeys: ReadonlyMap<string, ConfigKey> = new Map(
  Object.entries({
    enabled: { owners: all, check: flag },
    tags: { owners: all, check: texts },
    meta: { owners: all, check: mapping },
    docs: { owners: all, check: mapping },
    materialized: { owners: model, check: oneOf('view', 'table', 'incremental', 'ephemeral') },
    schema: { owners: [...built, 'test'], check: text },
    database: { owners: [...built, 'test'], check: text },
    alias: { owners: [...built, 'test'], check: text },
    pre_hook: { owners: built, check: hooks },
    post_hook: { owners: built, check: hooks },
    persist_docs: { owners: built, check: mapping },
    full_refresh: { owners: ['model', 'seed'], check: flag },
    contract: { owners: model, check: mapping },
    unique_key: { owners: ['model', 'snapshot'], check: texts },
    incremental_strategy: {
      owners: model,
      check: oneOf('append', 'delete+insert', 'merge', 'microbatch', 'prediction_time'),
    },
    batches: { owners: model, check: positive },
    incremental_predicates: { owners: model, check: texts },
    merge_update_columns: { owners: model, check: texts },
    merge_exclude_columns: { owners: model, check: texts },
    on_schema_change: {
      owners: model,
      check: oneOf('ignore', 'fail', 'append_new_columns', 'sync_all_columns'),
    },
    event_time: { owners: built, check: text },
    begin: { owners: model, check: text },
    batch_size: { owners: model, check: oneOf('hour', 'day', 'month', 'year') },
    lookback: { owners: model, check: count },
    cluster_by: { owners: built, check: texts },
    partition_by: { owners: built, check: texts },
    column_types: { owners: ['seed'], check: mapping },
    quote_columns: { owners: ['seed'], check: flag },
    delimiter: { owners: ['seed'], check: text },
    strategy: { owners: snapshot, check: oneOf('timestamp', 'check') },
    updated_at: { owners: snapshot, check: text },
    check_cols: { owners: snapshot, check: texts },
    target_schema: { owners: snapshot, check: text },
    target_database: { owners: snapshot, check: text },
    invalidate_hard_deletes: { owners: snapshot, check: flag },
    hard_deletes: { owners: snapshot, check: oneOf('ignore', 'invalidate', 'new_record') },
    snapshot_meta_column_names: { owners: snapshot, check: mapping },
    dbt_valid_to_current: { owners: snapshot, check: text },
    severity: {
      owners: test,
      check: (value) => (/^(error|warn)$/i.test(String(value)) ? undefined : 'must be error or warn'),
    },
    where: { owners: test, check: text },
    limit: { owners: test, check: count },
    fail_calc: { owners: test, check: text },
    warn_if: { owners: test, check: condition },
    error_if: { owners: test, check: condition },
    store_failures: { owners: test, check: flag },
    store_failures_as: { owners: test, check: oneOf('ephemeral', 'table', 'view') },
    description: { owners: [], check: anything },
  } satisfies Record<string, ConfigKey>),
);

/** dbt's keys that mean nothing here: refused by name, with what to do. */
export const refusedKeys: ReadonlyMap<string, string> = new Map(
  Object.entries({
    grants: 'Grant rights in the database, or in a post_hook.',
    group: 'Remove it: there are no groups.',
    access: 'Remove it: every model may be read.',
    packages: 'Python models are not supported.',
    sql_header: 'Use a pre_hook.',
    quoting: 'Remove it: every name is quoted.',
    on_configuration_change: 'There are no materialized views.',
    concurrent_batches: 'Remove it: batches run in order.',
  }),
);

/** `pre-hook` and `+tags` in their canonical spelling. */
export function canonicalKey(key: string): string {
  const bare = key.startsWith('+') ? key.slice(1) : key;
  return bare === 'pre-hook' ? 'pre_hook' : bare === 'post-hook' ? 'post_hook' : bare;
}

export function keysOf(owner: ConfigOwner): string[] {
  return [...configKeys].filter(([, key]) => key.owners.includes(owner)).map(([name]) => name);
}
