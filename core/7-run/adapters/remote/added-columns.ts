import type { BoundColumn } from '../../../4-bind/index.ts';
import { type Diagnostic, reportRun } from '../../../diagnostics/index.ts';
import type { MaterializeContext, Materialized } from '../../plan/materialization.ts';

export type ColumnChange =
  | {
      readonly ok: true;
      /** Columns that new rows are written to. */
      readonly columns: readonly string[];
      /** Columns the table must get first. */
      readonly added: readonly BoundColumn[];
    }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/** `on_schema_change` as far as it goes without rewriting the table: new columns are added. */
export function addedColumns(context: MaterializeContext, target: string): ColumnChange {
  const { node, existing, columns } = context;
  const before = existing?.columns ?? [];
  const has = (list: readonly { name: string }[], name: string) =>
    list.some((column) => column.name.toLowerCase() === name.toLowerCase());
  const added = columns.filter(({ name }) => !has(before, name));
  const removed = columns.length === 0 ? [] : before.filter(({ name }) => !has(columns, name));
  const { onSchemaChange } = node.config;
  const kept = before.filter(({ name }) => columns.length === 0 || has(columns, name));
  const names = kept.map(({ name }) => name);
  if (onSchemaChange === 'append_new_columns' && added.length > 0)
    return { ok: true, columns: [...names, ...added.map(({ name }) => name)], added };
  const changed = added.length + removed.length > 0;
  if (onSchemaChange === 'sync_all_columns' && changed)
    return notPossible(context, 'on_schema_change: sync_all_columns', target);
  if ((onSchemaChange === 'fail' && changed) || (onSchemaChange === 'ignore' && removed.length > 0)) {
    const say = (word: string, list: typeof added) =>
      list.map(({ name, type }) => `${word} \`${name}\` (${type})`);
    const changes = [...say('new', added), ...say('gone', removed)].join(', ');
    const args = { model: node.name, changes, setting: onSchemaChange };
    return { ok: false, diagnostics: [reportRun('CH725', args, { span: node.span, node: node.uniqueId })] };
  }
  return { ok: true, columns: names, added: [] };
}

/** A setting of the node that has no equal on the target. */
export function notPossible(
  { node }: MaterializeContext,
  what: string,
  target: string,
): Extract<Materialized, { ok: false }> {
  const args = { node: node.name, what, target };
  return { ok: false, diagnostics: [reportRun('CH743', args, { span: node.span, node: node.uniqueId })] };
}
