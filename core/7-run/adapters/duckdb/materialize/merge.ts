import type { ConfigValue } from '../../../../1-load/index.ts';
import type { RenderedNode } from '../../../../2-render/index.ts';
import type { Statement } from '../../../plan/plan.ts';
import { identifier, identifiers } from '../quote.ts';
import { incrementalPredicates } from './incremental.ts';

/** `merge`: matched rows take the new values (all columns, or dbt's merge_update/exclude_columns), others are inserted. */
export function mergeStatement(
  node: RenderedNode,
  name: string,
  delta: string,
  columns: readonly string[],
): Statement {
  const { uniqueKey, raw } = node.config;
  const on = uniqueKey.map(
    (key) => `DBT_INTERNAL_SOURCE.${identifier(key)} = DBT_INTERNAL_DEST.${identifier(key)}`,
  );
  const updated = updatedColumns(columns, raw);
  const set = updated.map((column) => `${identifier(column)} = DBT_INTERNAL_SOURCE.${identifier(column)}`);
  return {
    sql: [
      `merge into ${name} as DBT_INTERNAL_DEST using ${delta} as DBT_INTERNAL_SOURCE`,
      `on ${[...on, ...incrementalPredicates(raw)].join(' and ')}`,
      ...(set.length > 0 ? [`when matched then update set ${set.join(', ')}`] : []),
      `when not matched then insert (${identifiers(columns)}) values (${identifiers(columns, 'DBT_INTERNAL_SOURCE')})`,
    ].join('\n'),
  };
}

/** dbt's `merge_update_columns` and `merge_exclude_columns`. */
export function updatedColumns(
  columns: readonly string[],
  raw: Readonly<Record<string, ConfigValue>>,
): readonly string[] {
  const only = names(raw.merge_update_columns);
  const except = names(raw.merge_exclude_columns);
  if (only.size > 0) return columns.filter((column) => only.has(column.toLowerCase()));
  return columns.filter((column) => !except.has(column.toLowerCase()));
}

function names(value: ConfigValue | undefined): ReadonlySet<string> {
  const list = value === undefined || value === null ? [] : Array.isArray(value) ? value : [value];
  return new Set(list.map((name) => String(name).toLowerCase()));
}
