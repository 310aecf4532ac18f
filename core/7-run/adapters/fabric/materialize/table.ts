import type { Materialized } from '../../../plan/materialization.ts';
import type { Statement } from '../../../plan/plan.ts';
import { notPossible } from '../../remote/added-columns.ts';
import { aside } from '../../remote/aside.ts';
import type { TranslatedContext } from '../../remote/context.ts';
import { identifiers, relationName } from '../quote.ts';
import { constraintsOf } from './contract.ts';
import { batch, clusterBy, createTable, drop, swapIn } from './shared.ts';

/** A table: built aside, tested there, then swapped in by rename. Readers see the old rows until then. */
export function materializeTable(
  context: TranslatedContext,
  action: 'create table' | 'create incremental' = 'create table',
): Materialized {
  const { node, existing, select, columns } = context;
  if (clusterBy(node).length > 4)
    return notPossible(context, 'cluster_by of more than four columns', 'fabric');
  const constraints = constraintsOf(node, columns);
  if (constraints.kind === 'unable') return notPossible(context, constraints.what, 'fabric');
  const built = aside(node.relation);
  const publish = [swapIn(node, existing)];
  if (constraints.kind === 'none')
    return {
      ok: true,
      action,
      statements: [createTable(node, built, select, true)],
      publish,
      cleanUp: [drop(built)],
    };
  const query = aside(node.relation, 'query');
  return {
    ok: true,
    action,
    statements: [createTable(node, query, select), ...filled(context, constraints.definitions)],
    publish,
    cleanUp: [drop(built), drop(query)],
  };
}

/** `create table as` takes no constraints: the table is defined, then filled from the query's rows. */
function filled({ node, columns }: TranslatedContext, definitions: readonly string[]): Statement[] {
  const name = relationName(aside(node.relation));
  const list = identifiers(columns.map((column) => column.name));
  const keys = clusterBy(node);
  const clustered = keys.length > 0 ? ` with (cluster by (${identifiers(keys)}))` : '';
  return [
    batch([`drop table if exists ${name};`, `create table ${name} (${definitions.join(', ')})${clustered}`]),
    batch(
      [
        `if not exists (select 1 from ${name})`,
        `  insert into ${name} (${list}) select ${list} from ${relationName(aside(node.relation, 'query'))}`,
      ],
      true,
    ),
  ];
}
