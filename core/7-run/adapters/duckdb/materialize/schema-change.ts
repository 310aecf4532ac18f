import type { BoundColumn } from '../../../../4-bind/index.ts';
import { type Diagnostic, reportRun } from '../../../../diagnostics/index.ts';
import type { MaterializeContext } from '../../../plan/materialization.ts';
import type { Statement } from '../../../plan/plan.ts';
import { identifier, relationName } from '../quote.ts';

export type SchemaChange =
  | {
      readonly ok: true;
      readonly statements: readonly Statement[];
      /** Columns that new rows are written to, in the table's order. */
      readonly columns: readonly string[];
    }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/** dbt's `on_schema_change`: what happens when the model's columns are no longer the table's. */
export function schemaChange(context: MaterializeContext): SchemaChange {
  const { node, existing } = context;
  const before = existing?.columns ?? [];
  if (context.columns.length === 0)
    return { ok: true, statements: [], columns: before.map(({ name }) => name) };
  const after = new Map(context.columns.map((column) => [column.name.toLowerCase(), column]));
  const old = new Map(before.map((column) => [column.name.toLowerCase(), column]));
  const added = context.columns.filter(({ name }) => !old.has(name.toLowerCase()));
  const removed = before.filter(({ name }) => !after.has(name.toLowerCase()));
  const retyped = before.flatMap((column) => {
    const now = after.get(column.name.toLowerCase());
    return now === undefined || now.type === column.type ? [] : [{ name: column.name, type: now.type }];
  });
  const kept = before.filter((column) => !removed.includes(column));
  const name = relationName(node.relation);
  const add = added.map(({ name: column, type }) =>
    ddl(`alter table ${name} add column ${identifier(column)} ${type}`),
  );
  switch (node.config.onSchemaChange) {
    case 'ignore':
      return removed.length > 0
        ? refuse(context, [], removed, [])
        : { ok: true, statements: [], columns: kept.map((column) => column.name) };
    case 'fail':
      return added.length + removed.length + retyped.length > 0
        ? refuse(context, added, removed, retyped)
        : { ok: true, statements: [], columns: kept.map((column) => column.name) };
    case 'append_new_columns':
      return { ok: true, statements: add, columns: [...kept, ...added].map((column) => column.name) };
    case 'sync_all_columns':
      return {
        ok: true,
        statements: [
          ...add,
          ...retyped.map((column) =>
            ddl(`alter table ${name} alter column ${identifier(column.name)} set data type ${column.type}`),
          ),
          ...removed.map((column) => ddl(`alter table ${name} drop column ${identifier(column.name)}`)),
        ],
        columns: [...kept, ...added].map((column) => column.name),
      };
  }
}

function ddl(sql: string): Statement {
  return { sql, countsRows: false };
}

function refuse(
  { node }: MaterializeContext,
  added: readonly BoundColumn[],
  removed: readonly BoundColumn[],
  retyped: readonly BoundColumn[],
): SchemaChange {
  const say = (word: string, columns: readonly BoundColumn[]) =>
    columns.map((column) => `${word} \`${column.name}\` (${column.type})`);
  const changes = [...say('new', added), ...say('gone', removed), ...say('retyped', retyped)].join(', ');
  const args = { model: node.name, changes, setting: node.config.onSchemaChange };
  return { ok: false, diagnostics: [reportRun('CH725', args, { span: node.span, node: node.uniqueId })] };
}
