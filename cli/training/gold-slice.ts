import { type DuckDbAdapter, type PredictionConfig, type Relation, reportCli } from '#core';
import { columnOf, instantsOf, instantText } from '#ops';
import { exitCodes } from '../exit-codes.ts';
import { fail } from '../failures.ts';

/** The rows of one prediction time. Twelve months of a large table are not read for the newest one. */
export interface GoldSlice {
  /** As the user typed it; undefined: the newest, of the entity where one is named. */
  readonly at: string | undefined;
  /** One whose contemporaries are wanted. */
  readonly entity?: string;
}

/** A select of the slice's rows. */
export function sliceSql(
  relation: Relation,
  prediction: PredictionConfig,
  { at, entity }: GoldSlice,
): string {
  const from = relationSql(relation);
  const time = quoted(prediction.predictionTime);
  const wanted = [
    ...(entity === undefined
      ? []
      : [`cast(${quoted(prediction.entity)} as varchar) = '${entity.replaceAll("'", "''")}'`]),
    ...(at === undefined
      ? []
      : [`epoch_us(try_cast(${time} as timestamp)) = ${Math.round(readInstant(at) * 1000)}`]),
  ];
  const where = wanted.length === 0 ? '' : ` where ${wanted.join(' and ')}`;
  return `select * from ${from} where ${time} = (select max(${time}) from ${from}${where})`;
}

/** Ends the command: the slice is empty, and the table is not. Returns when the table has no prediction time at all. */
export async function noSuchSlice(
  adapter: DuckDbAdapter,
  relation: Relation,
  prediction: PredictionConfig,
  { at, entity }: GoldSlice,
): Promise<void> {
  const { readColumns } = await import('../engine.ts');
  const time = quoted(prediction.predictionTime);
  const sql = `select distinct ${time} from ${relationSql(relation)} where ${time} is not null`;
  const table = await readColumns(adapter.main, { sql }, { orderBy: time });
  const column = columnOf(table, prediction.predictionTime);
  const known = (column && instantsOf(column)) ?? new Float64Array(0);
  if (known.length === 0) return;
  if (entity !== undefined)
    fail(reportCli('CH923', { entity: prediction.entity, value: entity, at }), exitCodes.failed);
  const range = `${instantText(known[0] as number)} to ${instantText(known.at(-1) as number)}`;
  fail(reportCli('CH924', { value: at ?? '', times: `${known.length}, ${range}` }), exitCodes.failed);
}

/** Dates and instants are UTC unless they say otherwise. */
function readInstant(text: string): number {
  const iso = text.trim().replace(' ', 'T');
  const zoned = /(Z|[+-]\d\d:?\d\d)$/.test(iso);
  const milliseconds = Date.parse(/T/.test(iso) ? (zoned ? iso : `${iso}Z`) : `${iso}T00:00:00Z`);
  if (Number.isNaN(milliseconds))
    fail(
      reportCli('CH904', {
        flag: '--at',
        value: text,
        expected: 'a date such as `2024-10-01`, or a timestamp',
      }),
    );
  return milliseconds;
}

function relationSql({ database, schema, identifier }: Relation): string {
  return [...(database === undefined ? [] : [database]), schema, identifier].map(quoted).join('.');
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
