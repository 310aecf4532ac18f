import { reportRun } from '../../../../diagnostics/index.ts';
import type { Materialize, MaterializeContext } from '../../../plan/materialization.ts';
import type { Statement } from '../../../plan/plan.ts';
import { around } from '../../../plan/statement.ts';
import { identifier, identifiers, literal, relationName } from '../quote.ts';
import { planned } from './shared.ts';
import { readSnapshot, type Snapshot } from './snapshot-settings.ts';

/**
 * dbt's snapshots: each row of the query is kept with the time it was valid, under dbt's meta columns. A run
 * compares the query with the open versions, closes those that changed, adds the new ones. Never refreshed in full:
 * the past is not in the source any more.
 */
export const materializeSnapshot: Materialize = (context) => {
  const { node, existing } = context;
  if (node.config.snapshot === undefined || node.config.uniqueKey.length === 0) {
    const place = { span: node.span, node: node.uniqueId };
    const args = {
      model: node.name,
      key: 'unique_key',
      wanted: 'the columns that identify a row',
      value: 'nothing',
    };
    return { ok: false, diagnostics: [reportRun('CH732', args, place)] };
  }
  const snapshot = readSnapshot(context, node.config.snapshot);
  const name = relationName(node.relation);
  const stage = temporary(context, 'stage');
  const prologue = [staged(context, snapshot, stage), uniqueKeys(node.config.uniqueKey, stage)];
  const epilogue = [{ sql: `drop table ${stage}`, countsRows: false }];
  if (existing === undefined || existing.kind === 'view') {
    const drop = existing === undefined ? [] : [{ sql: `drop view ${name}`, countsRows: false }];
    const create = { sql: `create table ${name} as from ${stage}` };
    return planned('create snapshot', [...prologue, ...drop, create, ...epilogue]);
  }
  const changes = temporary(context, 'changes');
  return planned('update snapshot', [
    ...prologue,
    ...newColumns(context, snapshot, name),
    { sql: findChanges(context, snapshot, name, stage, changes), countsRows: false },
    ...closeDeleted(context, snapshot, name, stage),
    { sql: closeChanged(snapshot, name, changes), countsRows: false },
    { sql: `insert into ${name} by name select * exclude (closes) from ${changes}` },
    { sql: `drop table ${changes}`, countsRows: false },
    ...epilogue,
  ]);
};

function temporary({ node }: MaterializeContext, suffix: string): string {
  return `temp.main.${identifier(`${node.relation.identifier}__churn_${suffix}`)}`;
}

/** The query's rows with the meta columns a new version gets. */
function staged({ node }: MaterializeContext, snapshot: Snapshot, stage: string): Statement {
  const { meta } = snapshot;
  const at = snapshot.updatedAt;
  const columns = [
    'query.*',
    `${scdId(node.config.uniqueKey, at)} as ${meta.scdId}`,
    `${at} as ${meta.updatedAt}`,
    `${at} as ${meta.validFrom}`,
    `${snapshot.openEnd(at)} as ${meta.validTo}`,
    ...(snapshot.hardDeletes === 'new_record' ? [`'False' as ${meta.isDeleted}`] : []),
  ];
  const head = `create or replace temp table ${stage} as select ${columns.join(', ')} from `;
  return { ...around(head, node.sql, ' as query'), countsRows: false };
}

/** dbt's row id, so that a snapshot begun with dbt goes on here. */
function scdId(keys: readonly string[], updatedAt: string): string {
  const parts = [...identifiersOf(keys), updatedAt].map((part) => `coalesce(cast(${part} as varchar), '')`);
  return `md5(${parts.join(" || '|' || ")})`;
}

function identifiersOf(names: readonly string[]): string[] {
  return names.map(identifier);
}

/** Two rows with one key would open two versions at once. */
function uniqueKeys(keys: readonly string[], stage: string): Statement {
  const text = literal('the key is not unique');
  const repeated = `select 1 from ${stage} group by ${identifiers(keys)} having count(*) > 1`;
  return {
    sql: `select case when count(*) > 0 then error(${text}) end from (${repeated})`,
    onError: 'CH727',
    countsRows: false,
  };
}

/** Columns that the query has gained since the snapshot began. */
function newColumns({ existing }: MaterializeContext, snapshot: Snapshot, name: string): Statement[] {
  const has = new Set(existing?.columns.map((column) => column.name.toLowerCase()));
  const added = snapshot.columns.filter((column) => !has.has(column.name.toLowerCase()));
  const statements = added.map(
    (column) => `alter table ${name} add column ${identifier(column.name)} ${column.type}`,
  );
  if (snapshot.hardDeletes === 'new_record' && !has.has(unquoted(snapshot.meta.isDeleted))) {
    statements.push(`alter table ${name} add column ${snapshot.meta.isDeleted} varchar default 'False'`);
  }
  return statements.map((sql) => ({ sql, countsRows: false }));
}

function unquoted(name: string): string {
  return name.slice(1, -1).toLowerCase();
}

function findChanges(
  { node }: MaterializeContext,
  snapshot: Snapshot,
  name: string,
  stage: string,
  changes: string,
): string {
  const { meta } = snapshot;
  const first = identifier(node.config.uniqueKey[0] as string);
  const back = snapshot.hardDeletes === 'new_record' ? ` or old.${meta.isDeleted} = 'True'` : '';
  return [
    `create or replace temp table ${changes} as`,
    `select new.*, old.${meta.scdId} as closes from ${stage} as new`,
    `left join (select * from ${name} as old where ${snapshot.isOpen}) as old on ${sameKey(node.config.uniqueKey)}`,
    `where old.${first} is null or (${snapshot.changed})${back}`,
  ].join('\n');
}

function sameKey(keys: readonly string[]): string {
  return keys.map((key) => `old.${identifier(key)} = new.${identifier(key)}`).join(' and ');
}

/** Closes open versions whose key the query no longer has; `new_record` adds a version that says so. */
function closeDeleted(
  { node, existing }: MaterializeContext,
  snapshot: Snapshot,
  name: string,
  stage: string,
): Statement[] {
  if (snapshot.hardDeletes === 'ignore') return [];
  const { meta, now } = snapshot;
  const gone = `not exists (select 1 from ${stage} as new where ${sameKey(node.config.uniqueKey)})`;
  if (snapshot.hardDeletes === 'invalidate') {
    const sql = `update ${name} as old set ${meta.validTo} = ${now} where ${snapshot.isOpen} and ${gone}`;
    return [{ sql, countsRows: false }];
  }
  const live = `${snapshot.isOpen} and coalesce(${meta.isDeleted}, 'False') = 'False' and ${gone}`;
  const own = existing?.columns.map((column) => column.name.toLowerCase()) ?? [];
  const kept = snapshot.columns.filter((column) => own.includes(column.name.toLowerCase()));
  const list = identifiersOf(kept.map((column) => column.name));
  const target = [...list, meta.scdId, meta.updatedAt, meta.validFrom, meta.validTo, meta.isDeleted].join(
    ', ',
  );
  const values = [...list, scdId(node.config.uniqueKey, now), now, now, snapshot.openEnd(now), `'True'`].join(
    ', ',
  );
  return [
    { sql: `insert into ${name} (${target}) select ${values} from ${name} as old where ${live}` },
    { sql: `update ${name} as old set ${meta.validTo} = ${now} where ${live}`, countsRows: false },
  ];
}

function closeChanged({ meta, isOpen }: Snapshot, name: string, changes: string): string {
  return [
    `update ${name} as old set ${meta.validTo} = c.${meta.updatedAt} from ${changes} as c`,
    `where old.${meta.scdId} = c.closes and ${isOpen}`,
  ].join(' ');
}
