import type { ConfigValue, NodeKind } from '../../1-load/index.ts';
import type { Materialization, NodeConfig, SnapshotConfig } from '../rendered.ts';
import type { RawConfig } from './merge.ts';

const text = (value: ConfigValue | undefined): string | undefined =>
  typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined;

/** `true` and its spellings in text: Jinja gives text. */
export function flag(value: ConfigValue | undefined, fallback: boolean): boolean {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'string' && /^(true|false)$/i.test(value)) return value.toLowerCase() === 'true';
  return fallback;
}

export function texts(value: ConfigValue | undefined): readonly string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

function hookTexts(value: ConfigValue | undefined): readonly string[] {
  const list = Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];
  return list.flatMap((hook) => {
    if (typeof hook === 'string') return [hook];
    const sql =
      typeof hook === 'object' && hook !== null && !Array.isArray(hook)
        ? (hook as { sql?: ConfigValue }).sql
        : undefined;
    return typeof sql === 'string' ? [sql] : [];
  });
}

function mapping(value: ConfigValue | undefined): Readonly<Record<string, ConfigValue>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, ConfigValue>)
    : {};
}

const defaultMaterialization: Readonly<Record<NodeKind, Materialization>> = {
  model: 'view',
  seed: 'seed',
  snapshot: 'snapshot',
};

/** Merged configuration as typed values with dbt's defaults. Hooks are still templates. */
export function toNodeConfig(kind: NodeKind, raw: RawConfig): NodeConfig {
  const materialized =
    kind === 'model' ? ((text(raw.materialized) ?? 'view') as Materialization) : defaultMaterialization[kind];
  const strategy = text(raw.incremental_strategy) as NodeConfig['incrementalStrategy'];
  const schema = text(raw.schema) ?? (kind === 'snapshot' ? text(raw.target_schema) : undefined);
  const database = text(raw.database) ?? (kind === 'snapshot' ? text(raw.target_database) : undefined);
  const alias = text(raw.alias);
  const snapshot = kind === 'snapshot' ? toSnapshotConfig(raw) : undefined;
  return {
    enabled: flag(raw.enabled, true),
    materialized,
    ...(schema !== undefined && { schema }),
    ...(database !== undefined && { database }),
    ...(alias !== undefined && { alias }),
    tags: texts(raw.tags),
    meta: mapping(raw.meta),
    uniqueKey: texts(raw.unique_key),
    ...(strategy !== undefined && { incrementalStrategy: strategy }),
    ...(raw.batches !== undefined && raw.batches !== null && { batches: Number(raw.batches) }),
    onSchemaChange: (text(raw.on_schema_change) ?? 'ignore') as NodeConfig['onSchemaChange'],
    ...(raw.full_refresh !== undefined &&
      raw.full_refresh !== null && { fullRefresh: flag(raw.full_refresh, false) }),
    preHook: hookTexts(raw.pre_hook),
    postHook: hookTexts(raw.post_hook),
    contractEnforced: flag(mapping(raw.contract).enforced, false),
    columnTypes: Object.fromEntries(
      Object.entries(mapping(raw.column_types)).map(([name, type]) => [name, String(type)]),
    ),
    delimiter: text(raw.delimiter) ?? ',',
    quoteColumns: flag(raw.quote_columns, false),
    ...(snapshot && { snapshot }),
    raw: { ...raw, materialized },
  };
}

function toSnapshotConfig(raw: RawConfig): SnapshotConfig {
  const updatedAt = text(raw.updated_at);
  const hardDeletes = text(raw.hard_deletes) as SnapshotConfig['hardDeletes'] | undefined;
  const columns = texts(raw.check_cols);
  return {
    strategy: text(raw.strategy) === 'check' ? 'check' : 'timestamp',
    ...(updatedAt !== undefined && { updatedAt }),
    checkColumns: columns.length === 0 || columns[0] === 'all' ? 'all' : columns,
    hardDeletes: hardDeletes ?? (flag(raw.invalidate_hard_deletes, false) ? 'invalidate' : 'ignore'),
  };
}
