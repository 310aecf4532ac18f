import type { Materialize, MaterializeContext } from '../../../plan/materialization.ts';
import type { Statement } from '../../../plan/plan.ts';
import { identifiers, relationName } from '../quote.ts';
import { columnDefinitions } from './contract.ts';
import { refuseBatches, writeParts } from './parts.ts';
import { dropOtherKind, planned } from './shared.ts';

/** A table built anew. The old one is there for every other transaction until this one commits. */
export const materializeTable: Materialize = (context) => {
  const { node, existing } = context;
  const refused = refuseBatches(context);
  if (refused !== undefined) return refused;
  return planned('create table', [
    ...dropOtherKind(existing, relationName(node.relation), 'table'),
    ...createTable(context),
  ]);
};

/** `create table as`; with constraints under an enforced contract, `create table (...)` and an insert. */
export function createTable(context: MaterializeContext): Statement[] {
  const { node } = context;
  const name = relationName(node.relation);
  const definitions = columnDefinitions(node);
  if (definitions === undefined)
    return writeParts(context, `create or replace table ${name} as `, `insert into ${name} `);
  const names = identifiers(node.columns.map((column) => column.name));
  const insert = `insert into ${name} (${names}) `;
  return [
    { sql: `create or replace table ${name} (${definitions})`, countsRows: false },
    ...writeParts(context, insert, insert),
  ];
}
