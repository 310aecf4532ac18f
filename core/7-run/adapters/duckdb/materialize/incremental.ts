import { byPredictionTime } from '../../../plan/inputs.ts';
import type { Materialize, MaterializeContext } from '../../../plan/materialization.ts';
import type { Statement } from '../../../plan/plan.ts';
import { around } from '../../../plan/statement.ts';
import { identifiers, relationName } from '../quote.ts';
import { enforceContract } from './contract.ts';
import { mergeStatement } from './merge.ts';
import { materializeMicrobatch } from './microbatch.ts';
import { refuseBatches } from './parts.ts';
import { materializeByPredictionTime } from './prediction-time.ts';
import { schemaChange } from './schema-change.ts';
import { dropOtherKind, planned } from './shared.ts';
import { createTable } from './table.ts';

/**
 * dbt's incremental models. The first build, a full refresh, or a name held by a view: the whole table, from the
 * full SQL. Otherwise the new rows are written into the table in place, inside the node's transaction, so that
 * a failing test takes them back.
 */
export const materializeIncremental: Materialize = (context) => {
  const { node } = context;
  if (node.config.incrementalStrategy === 'microbatch') return materializeMicrobatch(context);
  if (byPredictionTime(node)) return materializeByPredictionTime(context);
  const refused = refuseBatches(context);
  if (refused !== undefined) return refused;
  if (!runsIncrementally(context)) {
    const drop = dropOtherKind(context.existing, relationName(node.relation), 'table');
    return planned('create incremental', [...drop, ...createTable(context)]);
  }
  const change = schemaChange(context);
  if (!change.ok) return change;
  const keys = node.config.uniqueKey;
  const strategy = node.config.incrementalStrategy ?? (keys.length > 0 ? 'delete+insert' : 'append');
  const name = relationName(node.relation);
  const columns = identifiers(change.columns);
  if (strategy === 'append' || keys.length === 0) {
    const head = `insert into ${name} (${columns}) select ${columns} from `;
    return planned('append', [...change.statements, newRows(context, head)]);
  }
  const delta = deltaName(node.relation.identifier);
  const statements: Statement[] = [
    ...change.statements,
    { ...newRows(context, `create or replace temp table ${delta} as from `), countsRows: false },
  ];
  if (strategy === 'merge') {
    statements.push(mergeStatement(node, name, delta, change.columns));
  } else {
    statements.push(
      { sql: deleteMatching(context, name, delta), countsRows: false },
      { sql: `insert into ${name} (${columns}) select ${columns} from ${delta}` },
    );
  }
  statements.push({ sql: `drop table ${delta}`, countsRows: false });
  return planned(strategy === 'merge' ? 'merge' : 'delete+insert', statements);
};

/** dbt: a model's own `full_refresh` overrules the flag. */
export function runsIncrementally({ node, existing, fullRefresh }: MaterializeContext): boolean {
  return existing?.kind === 'table' && !(node.config.fullRefresh ?? fullRefresh);
}

/** The node's new rows after `head`, with the contract's types. */
function newRows({ node }: MaterializeContext, head: string): Statement {
  const { sql, of } =
    node.incremental === undefined
      ? { sql: node.sql, of: 'full' as const }
      : { sql: node.incremental.sql, of: 'incremental' as const };
  const select = enforceContract(node);
  if (select.head === '') return around(head, sql, ' as new_rows', of);
  return around(`${head}(${select.head}`, sql, `${select.tail}) as new_rows`, of);
}

function deleteMatching({ node }: MaterializeContext, name: string, delta: string): string {
  const keys = node.config.uniqueKey;
  const on = keys.map((key) => `DBT_INTERNAL_DEST.${identifiers([key])} = delta.${identifiers([key])}`);
  const where = [...on, ...incrementalPredicates(node.config.raw)].join(' and ');
  return `delete from ${name} as DBT_INTERNAL_DEST using (select distinct ${identifiers(keys)} from ${delta}) as delta where ${where}`;
}

/** Further conditions on the rows to be replaced, in dbt's words `incremental_predicates` (or `predicates`). */
export function incrementalPredicates(raw: Readonly<Record<string, unknown>>): string[] {
  const value = raw.incremental_predicates ?? raw.predicates ?? [];
  return (Array.isArray(value) ? value : [value]).map((text) => `(${String(text)})`);
}

/** The new rows of a run; a temporary table of the session. */
export function deltaName(name: string): string {
  return `temp.main.${identifiers([`${name}__churn_delta`])}`;
}
