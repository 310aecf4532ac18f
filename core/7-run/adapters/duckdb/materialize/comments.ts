import type { MaterializeContext } from '../../../plan/materialization.ts';
import type { Statement } from '../../../plan/plan.ts';
import { identifier, literal, relationName } from '../quote.ts';

/** dbt's `persist_docs`: descriptions of the node and of its columns as comments in the database. */
export function persistDocs({ node, columns }: MaterializeContext): Statement[] {
  const wanted = node.config.raw.persist_docs;
  if (wanted === null || typeof wanted !== 'object' || Array.isArray(wanted)) return [];
  const { relation, columns: ofColumns } = wanted as Readonly<Record<string, unknown>>;
  const name = relationName(node.relation);
  const kind = node.config.materialized === 'view' ? 'view' : 'table';
  const statements: string[] = [];
  if (relation === true && node.description !== '') {
    statements.push(`comment on ${kind} ${name} is ${literal(node.description)}`);
  }
  const made = new Set(columns.map((column) => column.name.toLowerCase()));
  for (const { name: column, description } of ofColumns === true ? node.columns : []) {
    if (!description?.value || (made.size > 0 && !made.has(column.toLowerCase()))) continue;
    statements.push(`comment on column ${name}.${identifier(column)} is ${literal(description.value)}`);
  }
  return statements.map((sql) => ({ sql, countsRows: false }));
}
