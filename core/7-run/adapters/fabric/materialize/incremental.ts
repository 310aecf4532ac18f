import { fabricColumnType } from '../../../../6-emit/index.ts';
import { byPredictionTime } from '../../../plan/inputs.ts';
import type { Materialized } from '../../../plan/materialization.ts';
import type { Statement } from '../../../plan/plan.ts';
import { incrementalPredicates, runsIncrementally } from '../../duckdb/materialize/incremental.ts';
import { updatedColumns } from '../../duckdb/materialize/merge.ts';
import { addedColumns, notPossible } from '../../remote/added-columns.ts';
import { aside } from '../../remote/aside.ts';
import type { TranslatedContext } from '../../remote/context.ts';
import { identifier, identifiers, relationName } from '../quote.ts';
import { addColumns, batch, createTable, drop, once } from './shared.ts';
import { materializeTable } from './table.ts';

/**
 * New rows are built aside and go into the table in one transaction that also drops what they were built in, so that
 * sending it twice adds them once. With tests, the same is done first to a clone, which shares the table's files, and the
 * tests read that.
 */
export function materializeIncremental(context: TranslatedContext): Materialized {
  const { node, gated } = context;
  const { incrementalStrategy, uniqueKey, raw } = node.config;
  if (incrementalStrategy === 'microbatch')
    return notPossible(context, 'incremental_strategy: microbatch', 'fabric');
  if (byPredictionTime(node)) return notPossible(context, 'incremental_strategy: prediction_time', 'fabric');
  if (incrementalPredicates(raw).length > 0) return notPossible(context, 'incremental_predicates', 'fabric');
  if (!runsIncrementally(context)) return materializeTable(context, 'create incremental');
  const change = addedColumns(context, 'fabric');
  if (!change.ok) return change;
  const added = change.added.map(({ name, type }) => ({
    name,
    type: fabricColumnType(type) ?? 'varchar(8000)',
  }));
  const strategy = uniqueKey.length === 0 ? 'append' : (incrementalStrategy ?? 'delete+insert');
  const action = strategy === 'merge' || strategy === 'delete+insert' ? strategy : 'append';
  const delta = aside(node.relation, 'delta');
  const clone = aside(node.relation);
  const stage = createTable(node, delta, context.incrementalSelect ?? context.select, true);
  const write = (name: string) => writeRows(action, name, relationName(delta), change.columns, context);
  const publish = [
    ...addColumns(node.relation, added),
    once(delta, [...write(relationName(node.relation)), `drop table ${relationName(delta)};`]),
  ];
  if (!gated) return { ok: true, action, statements: [stage], publish, cleanUp: [drop(delta)] };
  const trial: Statement[] = [
    batch([
      `drop table if exists ${relationName(clone)};`,
      `create table ${relationName(clone)} as clone of ${relationName(node.relation)}`,
    ]),
    ...addColumns(clone, added),
    { sql: write(relationName(clone)).join('\n').replace(/;$/, ''), countsRows: false },
  ];
  return { ok: true, action, statements: [stage, ...trial], publish, cleanUp: [drop(clone), drop(delta)] };
}

function writeRows(
  action: 'append' | 'merge' | 'delete+insert',
  name: string,
  delta: string,
  columns: readonly string[],
  { node }: TranslatedContext,
): string[] {
  const { uniqueKey, raw } = node.config;
  const list = identifiers(columns);
  const insert = `insert into ${name} (${list}) select ${list} from ${delta};`;
  if (action === 'append') return [insert];
  const sameKey = (own: string) =>
    uniqueKey.map((key) => `${own}.${identifier(key)} = [s].${identifier(key)}`).join(' and ');
  if (action === 'delete+insert')
    return [
      `delete from ${name} where exists (select 1 from ${delta} as [s] where ${sameKey(name)});`,
      insert,
    ];
  const set = updatedColumns(columns, raw).map(
    (column) => `${identifier(column)} = [s].${identifier(column)}`,
  );
  return [
    `merge into ${name} as [t] using ${delta} as [s] on ${sameKey('[t]')}`,
    ...(set.length > 0 ? [`when matched then update set ${set.join(', ')}`] : []),
    `when not matched then insert (${list}) values (${identifiers(columns, '[s]')});`,
  ];
}
