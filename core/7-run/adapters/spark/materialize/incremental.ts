import type { BoundColumn } from '../../../../4-bind/index.ts';
import { byPredictionTime } from '../../../plan/inputs.ts';
import type { Materialized } from '../../../plan/materialization.ts';
import type { Statement } from '../../../plan/plan.ts';
import { incrementalPredicates, runsIncrementally } from '../../duckdb/materialize/incremental.ts';
import { updatedColumns } from '../../duckdb/materialize/merge.ts';
import { addedColumns, notPossible } from '../../remote/added-columns.ts';
import { aside } from '../../remote/aside.ts';
import { identifier, identifiers, relationName } from '../quote.ts';
import { sparkColumnType } from '../types.ts';
import type { SparkContext } from './context.ts';
import { dropTable } from './shared.ts';
import { materializeTable } from './table.ts';

/**
 * New rows go into the table by one Delta commit: an insert or a merge. With tests, the same is done first to a shallow
 * clone, which shares the table's files, and the tests read that.
 */
export function materializeIncremental(context: SparkContext): Materialized {
  const { node, gated } = context;
  const { incrementalStrategy, uniqueKey, raw } = node.config;
  if (incrementalStrategy === 'microbatch')
    return notPossible(context, 'incremental_strategy: microbatch', 'spark');
  if (byPredictionTime(node)) return notPossible(context, 'incremental_strategy: prediction_time', 'spark');
  if (incrementalPredicates(raw).length > 0) return notPossible(context, 'incremental_predicates', 'spark');
  if (!runsIncrementally(context)) return materializeTable(context, 'create incremental');
  const change = addedColumns(context, 'spark');
  if (!change.ok) return change;
  const strategy = incrementalStrategy ?? (uniqueKey.length > 0 ? 'delete+insert' : 'append');
  const delta = relationName(aside(node.relation, 'delta'));
  const rows = context.incrementalSelect ?? context.select;
  const stage: Statement = {
    sql: `create or replace table ${delta} using delta as\n${rows}`,
    countsRows: false,
  };
  const write = (name: string): Statement[] => [
    ...addColumns(name, change.added),
    { sql: writeRows(strategy, name, delta, change.columns, context), countsRows: false },
  ];
  const name = relationName(node.relation);
  const action = strategy === 'merge' || strategy === 'delete+insert' ? strategy : 'append';
  const shown = uniqueKey.length === 0 ? 'append' : action;
  const drop = dropTable(aside(node.relation, 'delta'));
  if (!gated)
    return { ok: true, action: shown, statements: [stage, ...write(name)], publish: [], cleanUp: [drop] };
  const clone = aside(node.relation);
  return {
    ok: true,
    action: shown,
    statements: [
      stage,
      dropTable(clone),
      { sql: `create table ${relationName(clone)} shallow clone ${name}`, countsRows: false },
      ...write(relationName(clone)),
    ],
    publish: write(name),
    cleanUp: [dropTable(clone), drop],
  };
}

function writeRows(
  strategy: string,
  name: string,
  delta: string,
  columns: readonly string[],
  { node }: SparkContext,
): string {
  const { uniqueKey, raw } = node.config;
  const list = identifiers(columns);
  const values = identifiers(columns, 's');
  const sameKey = uniqueKey.map((key) => `t.${identifier(key)} = s.${identifier(key)}`).join(' and ');
  if (strategy === 'append' || uniqueKey.length === 0)
    return `insert into ${name} (${list}) select ${list} from ${delta}`;
  if (strategy === 'merge') {
    const set = updatedColumns(columns, raw).map(
      (column) => `${identifier(column)} = s.${identifier(column)}`,
    );
    return [
      `merge into ${name} as t using ${delta} as s on ${sameKey}`,
      ...(set.length > 0 ? [`when matched then update set ${set.join(', ')}`] : []),
      `when not matched then insert (${list}) values (${values})`,
    ].join('\n');
  }
  // One commit for both halves: keys to delete match, rows to insert never do.
  const others = columns.map((column) =>
    uniqueKey.some((key) => key.toLowerCase() === column.toLowerCase())
      ? identifier(column)
      : `null as ${identifier(column)}`,
  );
  return [
    `merge into ${name} as t using (`,
    `  select ${list}, true as churn_insert from ${delta}`,
    `  union all select distinct ${others.join(', ')}, false as churn_insert from ${delta}`,
    `) as s on not s.churn_insert and ${sameKey}`,
    'when matched then delete',
    `when not matched and s.churn_insert then insert (${list}) values (${values})`,
  ].join('\n');
}

function addColumns(name: string, added: readonly BoundColumn[]): Statement[] {
  if (added.length === 0) return [];
  const list = added.map(
    (column) => `${identifier(column.name)} ${sparkColumnType(column.type) ?? 'string'}`,
  );
  return [{ sql: `alter table ${name} add columns (${list.join(', ')})`, countsRows: false }];
}
