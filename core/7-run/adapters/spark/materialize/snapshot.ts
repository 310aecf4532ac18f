import { reportRun } from '../../../../diagnostics/index.ts';
import type { Materialized } from '../../../plan/materialization.ts';
import type { Statement } from '../../../plan/plan.ts';
import { aside } from '../../remote/aside.ts';
import { identifier, identifiers, literal, relationName } from '../quote.ts';
import { sparkColumnType } from '../types.ts';
import type { SparkContext } from './context.ts';
import { dropTable } from './shared.ts';

const meta = {
  scdId: '`dbt_scd_id`',
  updatedAt: '`dbt_updated_at`',
  validFrom: '`dbt_valid_from`',
  validTo: '`dbt_valid_to`',
};

/**
 * dbt's snapshots: the query's rows are compared with the open versions; one merge closes those that changed and adds
 * the new ones, so that no reader sees a key without its open version.
 */
export function materializeSnapshot(context: SparkContext): Materialized {
  const { node, existing } = context;
  const { snapshot, uniqueKey, raw } = node.config;
  const place = { span: node.span, node: node.uniqueId };
  if (snapshot === undefined || uniqueKey.length === 0) {
    const args = {
      model: node.name,
      key: 'unique_key',
      wanted: 'the columns that identify a row',
      value: 'nothing',
    };
    return { ok: false, diagnostics: [reportRun('CH732', args, place)] };
  }
  const unable = [
    ...(snapshot.hardDeletes === 'new_record' ? ['hard_deletes: new_record'] : []),
    ...['dbt_valid_to_current', 'snapshot_meta_column_names'].filter((key) => raw[key] !== undefined),
  ];
  if (unable.length > 0) {
    const report = (what: string) => reportRun('CH743', { node: node.name, what, target: 'spark' }, place);
    return { ok: false, diagnostics: unable.map(report) };
  }
  const name = relationName(node.relation);
  const stage = aside(node.relation, 'stage');
  const changes = aside(node.relation, 'changes');
  const fresh = existing === undefined || existing.kind === 'view';
  const prologue = [staged(context), uniqueKeys(uniqueKey, relationName(stage))];
  if (fresh) {
    const drop = existing === undefined ? [] : [{ sql: `drop view ${name}`, countsRows: false }];
    const create = `create or replace table ${name} using delta as select * from ${relationName(stage)}`;
    return {
      ok: true,
      action: 'create snapshot',
      statements: [...prologue, ...drop, { sql: create, countsRows: false }],
      cleanUp: [dropTable(stage)],
    };
  }
  const columns = ownColumns(context);
  const has = new Set(existing.columns.map((column) => column.name.toLowerCase()));
  const added = columns.filter((column) => !has.has(column.name.toLowerCase()));
  const list = added.map(
    (column) => `${identifier(column.name)} ${sparkColumnType(column.type) ?? 'string'}`,
  );
  const alter = added.length > 0 ? [{ sql: `alter table ${name} add columns (${list.join(', ')})` }] : [];
  return {
    ok: true,
    action: 'update snapshot',
    statements: [
      ...prologue,
      ...alter,
      { sql: findChanges(context, relationName(stage), relationName(changes)), countsRows: false },
      { sql: applyChanges(context, relationName(changes)), countsRows: false },
    ],
    cleanUp: [dropTable(changes), dropTable(stage)],
  };
}

function ownColumns({ columns, existing }: SparkContext) {
  const all = columns.length > 0 ? columns : (existing?.columns ?? []);
  return all.filter(({ name }) => !name.toLowerCase().startsWith('dbt_'));
}

function instant({ now, clock }: SparkContext): string {
  if (clock === 'engine') return 'current_timestamp()';
  return `timestamp ${literal(now.toISOString().replace('T', ' ').slice(0, 23))}`;
}

/** The query's rows with the meta columns a new version gets. */
function staged(context: SparkContext): Statement {
  const { node, select } = context;
  const { snapshot, uniqueKey } = node.config;
  const at = snapshot?.updatedAt === undefined ? instant(context) : identifier(snapshot.updatedAt);
  const parts = [...uniqueKey.map(identifier), at].map((part) => `coalesce(cast(${part} as string), '')`);
  const own = ownColumns(context).map((column) => {
    const type = sparkColumnType(column.type);
    return type === undefined
      ? identifier(column.name)
      : `cast(${identifier(column.name)} as ${type}) as ${identifier(column.name)}`;
  });
  const list = [
    ...own,
    `md5(concat_ws('|', ${parts.join(', ')})) as ${meta.scdId}`,
    `${at} as ${meta.updatedAt}`,
    `${at} as ${meta.validFrom}`,
    `nullif(${at}, ${at}) as ${meta.validTo}`,
  ];
  const target = relationName(aside(node.relation, 'stage'));
  return {
    sql: `create or replace table ${target} using delta as select ${list.join(', ')} from (\n${select}\n) as query`,
    countsRows: false,
  };
}

/** Two rows with one key would open two versions at once. */
function uniqueKeys(keys: readonly string[], stage: string): Statement {
  const repeated = `select 1 from ${stage} group by ${identifiers(keys)} having count(*) > 1`;
  return {
    sql: `select assert_true(count(*) = 0, 'the key is not unique') from (${repeated}) as repeated`,
    onError: 'CH727',
    countsRows: false,
  };
}

function sameKey(keys: readonly string[]): string {
  return keys.map((key) => `old.${identifier(key)} = new.${identifier(key)}`).join(' and ');
}

/** One row per version to close (`closes`) and per version to add (`adds`). */
function findChanges(context: SparkContext, stage: string, changes: string): string {
  const { node } = context;
  const { snapshot, uniqueKey } = node.config;
  const open = `(select * from ${relationName(node.relation)} where ${meta.validTo} is null) as old`;
  const first = identifier(uniqueKey[0] ?? '');
  const columns = [...ownColumns(context).map(({ name }) => identifier(name)), ...Object.values(meta)];
  const of = (alias: string) => columns.map((column) => `${alias}.${column}`).join(', ');
  const found = `from ${stage} as new left join ${open} on ${sameKey(uniqueKey)} where old.${first} is null or (${changed(context)})`;
  const lines = [
    `create or replace table ${changes} using delta as`,
    `select ${of('new')}, cast(null as string) as churn_closes, true as churn_adds ${found}`,
    `union all select ${of('new')}, old.${meta.scdId}, false ${found} and old.${first} is not null`,
  ];
  if (snapshot?.hardDeletes === 'invalidate') {
    const gone = [...ownColumns(context).map(({ name }) => `old.${identifier(name)}`), `old.${meta.scdId}`];
    lines.push(
      `union all select ${[...gone, ...Array(3).fill(instant(context))].join(', ')}, old.${meta.scdId}, false from ${open}`,
      `where not exists (select 1 from ${stage} as new where ${sameKey(uniqueKey)})`,
    );
  }
  return lines.join('\n');
}

function changed({ node, columns, existing }: SparkContext): string {
  const { snapshot } = node.config;
  if (snapshot?.strategy === 'timestamp') return `old.${meta.validFrom} < new.${meta.updatedAt}`;
  const wanted = snapshot?.checkColumns === 'all' ? undefined : snapshot?.checkColumns;
  const names =
    wanted ?? columns.map(({ name }) => name).filter((name) => !name.toLowerCase().startsWith('dbt_'));
  const has = new Set(existing?.columns.map((column) => column.name.toLowerCase()));
  if (names.some((name) => !has.has(name.toLowerCase()))) return 'true';
  return names.map((name) => `not (old.${identifier(name)} <=> new.${identifier(name)})`).join(' or ');
}

function applyChanges(context: SparkContext, changes: string): string {
  const columns = [...ownColumns(context).map(({ name }) => identifier(name)), ...Object.values(meta)];
  const values = columns.map((column) => `s.${column}`).join(', ');
  return [
    `merge into ${relationName(context.node.relation)} as old using ${changes} as s`,
    `on old.${meta.scdId} = s.churn_closes and old.${meta.validTo} is null`,
    `when matched then update set ${meta.validTo} = s.${meta.updatedAt}`,
    `when not matched and s.churn_adds then insert (${columns.join(', ')}) values (${values})`,
  ].join('\n');
}
