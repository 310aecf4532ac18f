import type { Materialize } from '../../../plan/materialization.ts';
import { around } from '../../../plan/statement.ts';
import { relationName } from '../quote.ts';
import { enforceContract } from './contract.ts';
import { dropOtherKind, planned } from './shared.ts';

/** A view over the compiled SQL. DuckDB re-binds views on use, so views over a replaced table keep working. */
export const materializeView: Materialize = ({ node, existing }) => {
  const name = relationName(node.relation);
  const select = enforceContract(node);
  return planned('create view', [
    ...dropOtherKind(existing, name, 'view'),
    around(`create or replace view ${name} as ${select.head}`, node.sql, select.tail),
  ]);
};
