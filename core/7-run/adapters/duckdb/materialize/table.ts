import type { RenderedNode } from '../../../../2-render/index.ts';
import type { Materialize } from '../../../plan/materialization.ts';
import type { Statement } from '../../../plan/plan.ts';
import { around } from '../../../plan/statement.ts';
import { identifiers, relationName } from '../quote.ts';
import { columnDefinitions, enforceContract } from './contract.ts';
import { dropOtherKind, planned } from './shared.ts';

/** A table built anew. The old one is there for every other transaction until this one commits. */
export const materializeTable: Materialize = ({ node, existing }) =>
  planned('create table', [
    ...dropOtherKind(existing, relationName(node.relation), 'table'),
    ...createTable(node),
  ]);

/** `create table as`; with constraints under an enforced contract, `create table (...)` and an insert. */
export function createTable(node: RenderedNode): Statement[] {
  const name = relationName(node.relation);
  const select = enforceContract(node);
  const definitions = columnDefinitions(node);
  if (definitions === undefined) {
    return [around(`create or replace table ${name} as ${select.head}`, node.sql, select.tail)];
  }
  const names = identifiers(node.columns.map((column) => column.name));
  return [
    { sql: `create or replace table ${name} (${definitions})`, countsRows: false },
    around(`insert into ${name} (${names}) ${select.head}`, node.sql, select.tail),
  ];
}
