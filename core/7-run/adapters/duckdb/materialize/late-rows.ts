import type { RenderedNode } from '../../../../2-render/index.ts';
import type { LateReport, Statement } from '../../../plan/plan.ts';
import { identifier, identifiers, literal } from '../quote.ts';
import { changed, fingerprints } from './fingerprints.ts';
import { type Partitioned, quiet } from './partitioned.ts';
import { bucketOf, type Narrow, partStatement } from './parts.ts';

/** Finds what late rows change, replaces it where asked for, fills in labels. */
export function lateRows(part: Partitioned): {
  readonly statements: readonly Statement[];
  readonly report: LateReport;
  readonly cleanUp: readonly Statement[];
} {
  const { context, name, time, columns, temp, entity } = part;
  const pair = (alias: string) =>
    `(${alias}.${time}::timestamp, ${bucketOf({ entity })}) in (select p, bucket from ${temp.changed})`;
  const narrow: Narrow = (input) =>
    input.predictionTime === undefined
      ? [`${bucketOf(input)} in (select bucket from ${temp.changed})`]
      : [
          `(${identifier(input.predictionTime)}::timestamp, ${bucketOf(input)}) in (select p, bucket from ${temp.changed})`,
        ];
  const again = partStatement(context, `create or replace temp table ${temp.again} as from `, narrow);
  const keys = [...entity.map(identifier), time];
  const sameKey = keys.map((key) => `new.${key} = old.${key}`).join(' and ');
  const labels = labelsOf(context.node).filter((label) => columns.includes(label));
  const list = identifiers(columns);
  const isPair = `exists (select 1 from ${temp.late} as l where ${keys.map((key) => `l.${key} = old.${key}`).join(' and ')})`;
  const fillIn =
    labels.length === 0
      ? []
      : [
          `update ${name} as old set ${labels.map((label) => `${identifier(label)} = new.${identifier(label)}`).join(', ')} from ${temp.again} as new where ${sameKey} and (${labels.map((label) => `old.${identifier(label)} is distinct from new.${identifier(label)}`).join(' or ')})`,
        ];
  const restate = context.restate
    ? [
        `delete from ${name} as old where ${isPair}`,
        `insert into ${name} (${list}) select ${list} from ${temp.again} as old where ${isPair}`,
      ]
    : [];
  return {
    statements: [
      ...quiet([
        `create or replace temp table ${temp.seen} as ${fingerprints(part)}`,
        `create or replace temp table ${temp.changed} as ${changed(part)}`,
      ]),
      { ...again, countsRows: false },
      ...quiet([
        `create or replace temp table ${temp.late} as ${differences(part, pair('old'), labels)}`,
        ...fillIn,
        ...restate,
      ]),
    ],
    report: { sql: summary(part), restated: context.restate },
    cleanUp: quiet(
      [temp.times, temp.due, temp.past, temp.seen, temp.changed, temp.again].map(
        (one) => `drop table ${one}`,
      ),
    ),
  };
}

const fractions = /^(DOUBLE|FLOAT|REAL)$/;

/**
 * Rows of the table that would be others if they were built now, with the columns that differ. Fractions may differ in
 * the last digits, since sums of them depend on the order of rows. Labels are told apart: they become known by right.
 */
function differences(
  { context, name, columns, entity, time, temp }: Partitioned,
  pair: string,
  labels: readonly string[],
): string {
  const keys = [...entity.map(identifier), time];
  const types = new Map(context.columns.map((column) => [column.name, column.type]));
  const differs = (column: string): string => {
    const [a, b] = [`old.${identifier(column)}`, `new.${identifier(column)}`];
    if (!fractions.test(types.get(column) ?? '')) return `${a} is distinct from ${b}`;
    return `(${a} is distinct from ${b} and not coalesce(abs(${a} - ${b}) <= 1e-9 * greatest(1, abs(${a}), abs(${b})), false))`;
  };
  const features = columns.filter((column) => !labels.includes(column) && !keys.includes(identifier(column)));
  const named = features.map((column) => `case when ${differs(column)} then ${literal(column)} end`);
  const first = keys[0] as string;
  const text = [
    'case',
    `when new.${first} is null then 'row gone'`,
    `when old.${first} is null then 'row new'`,
    `else concat_ws(', ', ${named.length === 0 ? 'null' : named.join(', ')}) end`,
  ].join(' ');
  return [
    `select * from (`,
    `    select ${keys.map((key) => `coalesce(old.${key}, new.${key}) as ${key}`).join(', ')}, ${text} as columns`,
    `    from (select * from ${name} as old where ${pair}) as old`,
    `    full join ${temp.again} as new on ${keys.map((key) => `new.${key} = old.${key}`).join(' and ')}`,
    `) where columns <> ''`,
  ].join('\n');
}

function summary({ temp, time }: Partitioned): string {
  return [
    `select replace(cast(${time}::timestamp as varchar), ' 00:00:00', ''),`,
    `count(distinct rowid), string_agg(distinct trim(column_name), ', ' order by trim(column_name))`,
    `from (select rowid, ${time}, unnest(string_split(columns, ',')) as column_name from ${temp.late})`,
    `group by ${time} order by ${time}`,
  ].join(' ');
}

function labelsOf({ columns }: RenderedNode): string[] {
  return columns.filter(({ role }) => role?.value === 'label').map(({ name }) => name);
}
