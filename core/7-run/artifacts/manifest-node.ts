import type { ColumnProperties, ConfigValue, PointInTime } from '../../1-load/index.ts';
import type { RenderedNode, RenderedTest } from '../../2-render/index.ts';
import { fingerprintKey } from '../../3-graph/index.ts';
import { relationName } from '../adapters/duckdb/quote.ts';
import type { ManifestContext } from './manifest.ts';

/** A model, seed, snapshot or test as dbt writes it. */
export function manifestNode(node: RenderedNode | RenderedTest, context: ManifestContext): object {
  const { project, fingerprints } = context;
  const common = {
    database: node.relation.database ?? null,
    schema: node.relation.schema,
    name: node.name,
    resource_type: node.kind,
    package_name: project.name,
    path: withoutFolder(node.path),
    original_file_path: node.path,
    unique_id: node.uniqueId,
    fqn: fqn(project.name, node.path, node.name),
    alias: node.relation.identifier,
    checksum: { name: 'sha256', checksum: node.hash },
    tags: [...node.config.tags],
    description: node.description,
    depends_on: { macros: [...node.macros], nodes: [...node.dependsOn] },
    raw_code: node.kind === 'test' ? node.sql : node.rawSql,
  };
  const extra = { [fingerprintKey]: fingerprints.get(node.uniqueId) ?? null };
  if (node.kind === 'test') return testEntry(node, common, extra, context);
  const columns = Object.fromEntries(node.columns.map((column) => [column.name, manifestColumn(column)]));
  const entry = {
    ...common,
    config: { ...nodeConfig(node), ...extra },
    columns,
    meta: node.config.meta,
    relation_name: node.config.materialized === 'ephemeral' ? null : relationName(node.relation),
  };
  // dbt's seeds have no code and depend on macros only.
  if (node.kind === 'seed') return { ...entry, depends_on: { macros: common.depends_on.macros } };
  return { ...entry, ...compiled(node, context), contract: { enforced: node.config.contractEnforced } };
}

type Common = Readonly<Record<string, unknown>>;

function testEntry(node: RenderedTest, common: Common, extra: object, context: ManifestContext): object {
  const { config, generic } = node;
  const { description, raw_code, ...rest } = common;
  const entry = {
    ...rest,
    description,
    raw_code,
    config: {
      enabled: true,
      tags: [...config.tags],
      meta: {},
      materialized: 'test',
      severity: config.severity,
      store_failures: config.storeFailures,
      where: config.where ?? null,
      limit: config.limit ?? null,
      fail_calc: config.failCalc,
      warn_if: config.warnIf,
      error_if: config.errorIf,
      ...extra,
    },
    columns: {},
    meta: {},
    relation_name: config.storeFailures ? relationName(node.relation) : null,
    ...compiled(node, context),
  };
  if (generic === undefined) return entry;
  return {
    ...entry,
    column_name: generic.column ?? null,
    file_key_name: null,
    attached_node: generic.attachedTo,
    test_metadata: { name: generic.test, kwargs: generic.arguments, namespace: null },
  };
}

function compiled(node: RenderedNode | RenderedTest, { graph }: ManifestContext): object {
  const parents = node.dependsOn.flatMap((id) => graph.nodes.get(id) ?? []);
  return {
    language: 'sql',
    refs: parents
      .filter((parent) => parent.kind !== 'source')
      .map((parent) => ({ name: parent.name, package: null, version: null })),
    sources: parents.flatMap((parent) =>
      parent.kind === 'source' ? [[parent.sourceName, parent.name]] : [],
    ),
    metrics: [],
    compiled: true,
    compiled_code: node.sql,
    extra_ctes_injected: true,
    extra_ctes: [],
  };
}

function nodeConfig(node: RenderedNode): object {
  const { config } = node;
  const hook = (sql: string) => ({ sql, transaction: true, index: null });
  const { pre_hook: _pre, post_hook: _post, snapshot_meta_column_names: names, ...raw } = config.raw;
  return {
    ...raw,
    ...(names === undefined ? {} : { snapshot_meta_column_names: names }),
    enabled: config.enabled,
    alias: config.alias ?? null,
    schema: config.schema ?? null,
    database: config.database ?? null,
    tags: [...config.tags],
    meta: config.meta,
    materialized: config.materialized,
    unique_key: config.uniqueKey.length > 0 ? [...config.uniqueKey] : null,
    incremental_strategy: config.incrementalStrategy ?? null,
    on_schema_change: config.onSchemaChange,
    full_refresh: config.fullRefresh ?? null,
    'pre-hook': config.preHook.map(hook),
    'post-hook': config.postHook.map(hook),
    column_types: config.columnTypes,
    contract: { enforced: config.contractEnforced, alias_types: true },
    ...(node.kind === 'seed' ? { delimiter: config.delimiter, quote_columns: config.quoteColumns } : {}),
    ...snapshotConfig(node),
    ...(node.pointInTime === undefined ? {} : { churn: { point_in_time: pointInTime(node.pointInTime) } }),
  };
}

function snapshotConfig({ config: { snapshot } }: RenderedNode): object {
  if (snapshot === undefined) return {};
  const { strategy, updatedAt, checkColumns, hardDeletes } = snapshot;
  const check = checkColumns === 'all' ? 'all' : [...checkColumns];
  return {
    strategy,
    updated_at: updatedAt ?? null,
    check_cols: strategy === 'check' ? check : null,
    hard_deletes: hardDeletes,
  };
}

function pointInTime({ entity, predictionTime }: PointInTime): object {
  return { entity: entity.map(({ value }) => value), prediction_time: predictionTime.value };
}

/** dbt's ColumnInfo, with what the audit is told about the column. */
export function manifestColumn(column: ColumnProperties): object {
  return {
    name: column.name,
    description: column.description?.value ?? '',
    meta: column.meta,
    data_type: column.dataType?.value ?? null,
    constraints: column.constraints.map(({ value }) => manifestConstraint(value)),
    quote: null,
    tags: [...column.tags],
    ...(column.availableAt && { available_at: column.availableAt.value }),
    ...(column.role && { role: column.role.value }),
    ...(column.horizon && { horizon: column.horizon.value }),
    ...(column.window && { window: column.window.value }),
  };
}

function manifestConstraint(value: ConfigValue): object {
  return typeof value === 'object' && value !== null ? value : { type: String(value) };
}

/** dbt's path: relative to the folder of its kind. */
export function withoutFolder(path: string): string {
  return path.slice(path.indexOf('/') + 1);
}

/** Project, folders, name. */
export function fqn(project: string, path: string, name: string): string[] {
  return [project, ...withoutFolder(path).split('/').slice(0, -1), name];
}
