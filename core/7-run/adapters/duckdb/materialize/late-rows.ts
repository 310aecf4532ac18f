import type { RenderedNode } from '../../../../2-render/index.ts';
import type { PartInput } from '../../../plan/inputs.ts';
import type { MaterializeContext } from '../../../plan/materialization.ts';
import type { LateReport, Statement } from '../../../plan/plan.ts';
import { identifier, identifiers, literal, relationName } from '../quote.ts';
import { bucketOf, fingerprint, type Narrow, partStatement } from './parts.ts';

/** Holds, per incremental model, what its past prediction times were built from. */
export const stateSchema = 'churn_state';

/** A model that grows by prediction times, and the names of its run's temporary tables. */
export interface Partitioned {
  readonly context: MaterializeContext;
  readonly inputs: readonly PartInput[];
  readonly spine: PartInput;
  readonly name: string;
  readonly entity: readonly string[];
  /** The prediction time's column, quoted. */
  readonly time: string;
  /** Columns that rows are written to. */
  readonly columns: readonly string[];
  readonly temp: Temporary;
}

interface Temporary {
  readonly times: string;
  readonly due: string;
  /** Prediction times built before that this run leaves alone, unless they are restated. */
  readonly past: string;
  readonly seen: string;
  readonly changed: string;
  readonly again: string;
  readonly late: string;
}

export function namesOf({ relation }: RenderedNode): Temporary {
  const name = (what: string) => `temp.main.${identifier(`${relation.identifier}__churn_${what}`)}`;
  return {
    times: name('times'),
    due: name('due'),
    past: name('past'),
    seen: name('seen'),
    changed: name('changed'),
    again: name('again'),
    late: name('late'),
  };
}

/** The table of fingerprints: input, prediction time, bucket of entities, rows and hash. */
export function stateOf({ relation }: RenderedNode): string {
  const { database, schema, identifier: own } = relation;
  return relationName({
    ...(database && { database }),
    schema: stateSchema,
    identifier: `${schema}__${own}`,
  });
}

/** After a full build: what it was built from. */
export function createState(part: Partitioned): Statement[] {
  const { context, spine, temp } = part;
  const times = `select distinct ${identifier(spine.predictionTime as string)} as p from ${relationName(spine.relation)}`;
  return quiet([
    `create or replace temp table ${temp.times} as ${times}`,
    `create or replace table ${stateOf(context.node)} as ${fingerprints(part)}`,
    `drop table ${temp.times}`,
  ]);
}

/**
 * Fingerprints of all inputs. Rows at prediction times count for theirs; events for the first prediction time at which
 * they were known, since they matter to it and to later ones.
 */
function fingerprints({ inputs, temp }: Partitioned): string {
  const selects = inputs.map((input, index) => {
    const of = relationName(input.relation);
    const bucket = bucketOf(input);
    const hash = fingerprint(input);
    if (input.predictionTime !== undefined) {
      const p = `${identifier(input.predictionTime)}::timestamp`;
      return `select ${index} as input, ${p} as p, ${bucket} as bucket, count(*)::hugeint as n, ${hash} as h from ${of} group by all`;
    }
    const known = `${identifier(input.availableAt as string)}::timestamp`;
    const groups = `select ${known} as a, ${bucket} as bucket, count(*) as n, ${hash} as h from ${of} where ${known} <= (select max(p) from ${temp.times}) group by all`;
    return `select ${index} as input, t.p::timestamp as p, g.bucket, sum(g.n)::hugeint as n, sum(g.h)::hugeint as h from (${groups}) as g asof join ${temp.times} as t on g.a <= t.p group by all`;
  });
  return selects.join('\nunion all\n');
}

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

/** Past prediction times and buckets of entities whose inputs are not what they were built from. */
function changed({ context, inputs, temp }: Partitioned): string {
  const kinds = inputs.map(({ predictionTime }, index) => ({ index, isAt: predictionTime !== undefined }));
  const ofKind = (isAt: boolean) => kinds.filter((kind) => kind.isAt === isAt).map(({ index }) => index);
  const at = `moved.input in (${ofKind(true).join(', ')}) and past.p = moved.p`;
  const events = ofKind(false);
  const after = events.length === 0 ? '' : ` or moved.input in (${events.join(', ')}) and past.p >= moved.p`;
  const before = context.state.relations.some(
    ({ relation }) =>
      relationName({ schema: relation.schema, identifier: relation.identifier }) === plainState(context.node),
  )
    ? stateOf(context.node)
    : `(select * from ${temp.seen} where false)`;
  return [
    'with moved as (',
    `    select input, p, bucket from ${before} as was full join ${temp.seen} as now using (input, p, bucket)`,
    '    where was.n is distinct from now.n or was.h is distinct from now.h',
    ')',
    `select distinct past.p::timestamp as p, moved.bucket from moved join ${temp.past} as past on ${at}${after}`,
  ].join('\n');
}

function plainState({ relation }: RenderedNode): string {
  return relationName({ schema: stateSchema, identifier: `${relation.schema}__${relation.identifier}` });
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

/** The fingerprints of this run, but where the past differs and stays as it is: that is told again next time. */
export function replaceState(part: Partitioned): Statement[] {
  const { context, temp, entity } = part;
  const state = stateOf(context.node);
  const open = context.restate
    ? 'false'
    : `(p in (select p::timestamp from ${temp.past}) and bucket in (select ${bucketOf({ entity })} from ${temp.late}))`;
  return quiet([
    `create table if not exists ${state} as from ${temp.seen} where false`,
    `delete from ${state} where not ${open}`,
    `insert into ${state} from ${temp.seen} where not ${open}`,
  ]);
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

function quiet(statements: readonly string[]): Statement[] {
  return statements.map((sql) => ({ sql, countsRows: false }));
}
