import { fabricColumnType } from '../../../../6-emit/index.ts';
import { reportRun } from '../../../../diagnostics/index.ts';
import type { Materialized } from '../../../plan/materialization.ts';
import type { Statement } from '../../../plan/plan.ts';
import { addedColumns, notPossible } from '../../remote/added-columns.ts';
import { aside } from '../../remote/aside.ts';
import type { TranslatedContext } from '../../remote/context.ts';
import { identifier, identifiers, literal, relationName } from '../quote.ts';
import { addColumns, batch, createTable, drop, once, swapIn } from './shared.ts';

const meta = {
  scdId: '[dbt_scd_id]',
  updatedAt: '[dbt_updated_at]',
  validFrom: '[dbt_valid_from]',
  validTo: '[dbt_valid_to]',
};

/**
 * dbt's snapshots: the query's rows are compared with the open versions; one transaction closes those that changed and
 * adds the new ones. With tests, the same is done first to a clone, and the tests read that.
 */
export function materializeSnapshot(context: TranslatedContext): Materialized {
  const { node, existing, gated } = context;
  const { snapshot, uniqueKey, raw } = node.config;
  if (snapshot === undefined || uniqueKey.length === 0) {
    const args = {
      model: node.name,
      key: 'unique_key',
      wanted: 'the columns that identify a row',
      value: 'nothing',
    };
    return { ok: false, diagnostics: [reportRun('CH732', args, { span: node.span, node: node.uniqueId })] };
  }
  if (snapshot.hardDeletes === 'new_record')
    return notPossible(context, 'hard_deletes: new_record', 'fabric');
  for (const key of ['dbt_valid_to_current', 'snapshot_meta_column_names'])
    if (raw[key] !== undefined) return notPossible(context, key, 'fabric');
  const built = aside(node.relation);
  // A table of its own: T-SQL has no CTE inside a derived table.
  const query = aside(node.relation, 'query');
  const rows = createTable(node, query, context.select);
  if (existing?.kind !== 'table') {
    const statements = [
      rows,
      createTable(node, built, staged(context), true),
      uniqueKeys(uniqueKey, relationName(built)),
    ];
    const publish = [swapIn(node, existing)];
    return { ok: true, action: 'create snapshot', statements, publish, cleanUp: [drop(built), drop(query)] };
  }
  const change = addedColumns({ ...context, columns: ownColumns(context) }, 'fabric');
  const added = (change.ok ? change.added : []).map(({ name, type }) => ({
    name,
    type: fabricColumnType(type) ?? 'varchar(8000)',
  }));
  const stage = aside(node.relation, 'stage');
  const changes = aside(node.relation, 'changes');
  const apply = (name: string) => applyChanges(context, name, relationName(changes));
  const name = relationName(node.relation);
  const trial: Statement[] = gated
    ? [
        batch([
          `drop table if exists ${relationName(built)};`,
          `create table ${relationName(built)} as clone of ${name}`,
        ]),
        { sql: apply(relationName(built)).join('\n').replace(/;$/, ''), countsRows: false },
      ]
    : [];
  return {
    ok: true,
    action: 'update snapshot',
    statements: [
      rows,
      createTable(node, stage, staged(context)),
      uniqueKeys(uniqueKey, relationName(stage)),
      // Harmless when the tests fail: a nullable column more.
      ...addColumns(node.relation, added),
      createTable(node, changes, findChanges(context, relationName(stage)), true),
      ...trial,
    ],
    publish: [once(changes, [...apply(name), `drop table ${relationName(changes)};`])],
    cleanUp: [drop(changes), drop(stage), drop(query), ...(gated ? [drop(built)] : [])],
  };
}

function ownColumns({ columns, existing }: TranslatedContext) {
  const all = columns.length > 0 ? columns : (existing?.columns ?? []);
  return all.filter(({ name }) => !name.toLowerCase().startsWith('dbt_'));
}

function instant({ now, clock }: TranslatedContext): string {
  if (clock === 'engine') return 'cast(sysutcdatetime() as datetime2(6))';
  return `cast(${literal(now.toISOString().replace('T', ' ').slice(0, 23))} as datetime2(6))`;
}

/** The query's rows with the meta columns a new version gets. */
function staged(context: TranslatedContext): string {
  const { node } = context;
  const { snapshot, uniqueKey } = node.config;
  const at =
    snapshot?.updatedAt === undefined
      ? instant(context)
      : `cast([query].${identifier(snapshot.updatedAt)} as datetime2(6))`;
  const types = new Map(ownColumns(context).map(({ name, type }) => [name.toLowerCase(), type]));
  const parts = [
    ...uniqueKey.map((key) => textOf(`[query].${identifier(key)}`, types.get(key.toLowerCase()))),
    `convert(varchar(26), ${at}, 121)`,
  ];
  const own = ownColumns(context).map(({ name, type }) => {
    const wanted = fabricColumnType(type);
    const column = `[query].${identifier(name)}`;
    return wanted === undefined ? column : `cast(${column} as ${wanted}) as ${identifier(name)}`;
  });
  const hashed = parts.map((part) => `coalesce(${part}, '')`).join(", '|', ");
  const list = [
    ...own,
    `lower(convert(varchar(32), hashbytes('MD5', concat(${hashed})), 2)) as ${meta.scdId}`,
    `${at} as ${meta.updatedAt}`,
    `${at} as ${meta.validFrom}`,
    `cast(null as datetime2(6)) as ${meta.validTo}`,
  ];
  return `select ${list.join(',\n  ')}\nfrom ${relationName(aside(node.relation, 'query'))} as [query]`;
}

function textOf(column: string, type: string | undefined): string {
  return type === 'DATE' || type?.startsWith('TIMESTAMP')
    ? `convert(varchar(26), ${column}, 121)`
    : `cast(${column} as varchar(8000))`;
}

/** Two rows with one key would open two versions at once. */
function uniqueKeys(keys: readonly string[], stage: string): Statement {
  return {
    sql: `if exists (select 1 from ${stage} group by ${identifiers(keys)} having count_big(*) > 1)\nbegin\n  throw 50727, 'the key is not unique', 1;\nend`,
    onError: 'CH727',
    countsRows: false,
    repeatable: true,
  };
}

function sameKey(keys: readonly string[]): string {
  return keys.map((key) => `[old].${identifier(key)} = [new].${identifier(key)}`).join(' and ');
}

/** One row per version to close (`churn_closes`) and per version to add (`churn_adds`). */
function findChanges(context: TranslatedContext, stage: string): string {
  const { node } = context;
  const { snapshot, uniqueKey } = node.config;
  const open = `(select * from ${relationName(node.relation)} where ${meta.validTo} is null) as [old]`;
  const first = identifier(uniqueKey[0] ?? '');
  const columns = [...ownColumns(context).map(({ name }) => identifier(name)), ...Object.values(meta)];
  const of = (alias: string) => columns.map((column) => `${alias}.${column}`).join(', ');
  const joined = `from ${stage} as [new] left join ${open} on ${sameKey(uniqueKey)}`;
  const yes = 'cast(1 as bit)';
  const no = 'cast(0 as bit)';
  const lines = [
    `select ${of('[new]')}, cast(null as varchar(32)) as [churn_closes], ${yes} as [churn_adds] ${joined} where [old].${first} is null or (${changed(context)})`,
    `union all select ${of('[new]')}, [old].${meta.scdId}, ${no} ${joined} where [old].${first} is not null and (${changed(context)})`,
  ];
  if (snapshot?.hardDeletes === 'invalidate') {
    const at = instant(context);
    const gone = [
      ...ownColumns(context).map(({ name }) => `[old].${identifier(name)}`),
      `[old].${meta.scdId}`,
    ];
    lines.push(
      `union all select ${[...gone, at, at, at].join(', ')}, [old].${meta.scdId}, ${no} from ${open} where not exists (select 1 from ${stage} as [new] where ${sameKey(uniqueKey)})`,
    );
  }
  return lines.join('\n');
}

function changed({ node, columns, existing }: TranslatedContext): string {
  const { snapshot } = node.config;
  if (snapshot?.strategy === 'timestamp') return `[old].${meta.validFrom} < [new].${meta.updatedAt}`;
  const wanted = snapshot?.checkColumns === 'all' ? undefined : snapshot?.checkColumns;
  const names =
    wanted ?? columns.map(({ name }) => name).filter((name) => !name.toLowerCase().startsWith('dbt_'));
  const has = new Set(existing?.columns.map((column) => column.name.toLowerCase()));
  if (names.some((name) => !has.has(name.toLowerCase()))) return '1 = 1';
  return names
    .map((name) => `not exists (select [old].${identifier(name)} intersect select [new].${identifier(name)})`)
    .join(' or ');
}

function applyChanges(context: TranslatedContext, name: string, changes: string): string[] {
  const list = [...ownColumns(context).map((column) => identifier(column.name)), ...Object.values(meta)].join(
    ', ',
  );
  return [
    `update ${name} set ${meta.validTo} = [c].${meta.updatedAt} from ${changes} as [c] where ${name}.${meta.scdId} = [c].[churn_closes] and ${name}.${meta.validTo} is null;`,
    `insert into ${name} (${list}) select ${list} from ${changes} where [churn_adds] = cast(1 as bit);`,
  ];
}
