import { reportRun } from '../../../../diagnostics/index.ts';
import type { PartInput } from '../../../plan/inputs.ts';
import type { MaterializeContext, Materialized } from '../../../plan/materialization.ts';
import type { Statement } from '../../../plan/plan.ts';
import { identifier, identifiers, literal, relationName } from '../quote.ts';
import { createState, replaceState, stateSchema } from './fingerprints.ts';
import { runsIncrementally } from './incremental.ts';
import { lateRows } from './late-rows.ts';
import { namesOf, type Partitioned } from './partitioned.ts';
import { type Narrow, refuseParts, writeParts } from './parts.ts';
import { schemaChange } from './schema-change.ts';
import { dropOtherKind } from './shared.ts';
import { createTable } from './table.ts';

/**
 * A table whose partitions are its prediction times. A run computes the times that its spine has and it has not, from inputs
 * narrowed to them, and touches no other. What past times were built from is remembered as fingerprints of buckets of
 * entities: where they changed, those entities are computed again and compared, so that late rows are told row by row
 * without computing the past; with `restate` they are replaced. Labels that have become known are filled in.
 */
export function materializeByPredictionTime(context: MaterializeContext): Materialized {
  const { node } = context;
  if (node.pointInTime === undefined) {
    const args = {
      model: node.name,
      key: 'point_in_time',
      wanted: 'entity and prediction time, which are its partitions',
      value: 'nothing',
    };
    return { ok: false, diagnostics: [reportRun('CH732', args, { span: node.span, node: node.uniqueId })] };
  }
  const inputs = context.inputs ?? [];
  const spine = inputs.find(({ predictionTime }) => predictionTime !== undefined);
  if (spine === undefined) return refuseParts(context, 'incremental_strategy: prediction_time');
  const part: Partitioned = {
    context,
    inputs,
    spine,
    name: relationName(node.relation),
    entity: node.pointInTime.entity.map(({ value }) => value),
    time: identifier(node.pointInTime.predictionTime.value),
    columns: [],
    temp: namesOf(node),
  };
  if (!runsIncrementally(context)) {
    return {
      ok: true,
      action: 'create incremental',
      schemas: [stateSchema],
      statements: [
        ...dropOtherKind(context.existing, part.name, 'table'),
        ...createTable(context),
        ...createState(part),
      ],
    };
  }
  const change = schemaChange(context);
  if (!change.ok) return change;
  const known = { ...part, columns: change.columns };
  const late = lateRows(known);
  return {
    ok: true,
    action: 'prediction time',
    schemas: [stateSchema],
    statements: [
      ...change.statements,
      ...dueTimes(known),
      ...late.statements,
      ...replaceState(known),
      ...buildDue(known),
      ...late.cleanUp,
    ],
    late: late.report,
  };
}

/** The prediction times to build: those that are not there yet, or those that the run asks for. */
function dueTimes({ context, spine, name, time, temp }: Partitioned): Statement[] {
  const { eventTime } = context;
  const all = `select distinct ${identifier(spine.predictionTime as string)} as p from ${relationName(spine.relation)}`;
  const built = `select distinct ${time} as p from ${name} where ${time} is not null`;
  const bounds = [
    ...(eventTime?.start ? [`p >= ${instant(eventTime.start)}`] : []),
    ...(eventTime?.end ? [`p < ${instant(eventTime.end)}`] : []),
  ];
  const due = bounds.length > 0 ? bounds.join(' and ') : `p not in (${built})`;
  return [
    { sql: `create or replace temp table ${temp.times} as ${all}`, countsRows: false },
    {
      sql: `create or replace temp table ${temp.due} as from ${temp.times} where p is not null and ${due}`,
      countsRows: false,
    },
    {
      sql: `create or replace temp table ${temp.past} as from (${built}) where p not in (from ${temp.due})`,
      countsRows: false,
    },
  ];
}

/** Builds what is due, and nothing else: inputs at prediction times are narrowed to them, events to what they can reach. */
function buildDue({ spine, inputs, context, name, time, columns, temp }: Partitioned): Statement[] {
  const narrow: Narrow = (input) =>
    input.predictionTime === undefined
      ? reach(input)
      : [`${identifier(input.predictionTime)} in (from ${temp.due})`];
  const lookBacks = new Set(inputs.flatMap(({ lookBack }) => lookBack ?? []));
  const variables = [
    `set variable churn_last = (select max(p)::timestamp from ${temp.due})`,
    ...[...lookBacks].map(
      (lookBack) =>
        `set variable ${firstVariable(lookBack)} = (select min(p)::timestamp - (${lookBack}) from ${temp.due})`,
    ),
  ];
  const again =
    context.eventTime === undefined ? [] : [`delete from ${name} where ${time} in (from ${temp.due})`];
  const list = identifiers(columns);
  const insert = `insert into ${name} (${list}) select ${list} from `;
  void spine;
  return [
    ...[...variables, ...again].map((sql) => ({ sql, countsRows: false })),
    ...writeParts(context, insert, insert, narrow),
  ];
}

/** Events that can be within a window of what is due: constants to the planner, so that files and row groups are skipped. */
function reach({ availableAt, time, lookBack }: PartInput): string[] {
  return [
    ...(availableAt === undefined ? [] : [`${identifier(availableAt)} <= getvariable('churn_last')`]),
    ...(time === undefined || lookBack === undefined
      ? []
      : [`${identifier(time)} >= getvariable(${literal(firstVariable(lookBack))})`]),
  ];
}

function firstVariable(lookBack: string): string {
  return `churn_first_${lookBack.replaceAll(/\W+/g, '_')}`;
}

function instant(date: Date): string {
  return `timestamp ${literal(date.toISOString().replace('T', ' ').slice(0, 23))}`;
}
