import { join, relative } from 'node:path';
import type { ColumnTable, DuckDbAdapter, TypedColumn } from '#core';
import { type Scores, suggestedAction } from '#ops';
import { targetFolder } from '../target-folder.ts';
import type { CurrentRun } from './current-run.ts';
import { valueText } from './driver-text.ts';
import type { OpenedGold } from './gold.ts';

type TextColumn = Extract<TypedColumn, { kind: 'text' }>;
type TimestampColumn = Extract<TypedColumn, { kind: 'timestamp' }>;

export interface ScoresToPublish {
  readonly scores: Scores;
  /** Probability from which an intervention pays. */
  readonly threshold: number | undefined;
  /** Reasons kept per row. */
  readonly drivers: number;
}

export interface PublishedScores {
  readonly tables: readonly string[];
  /** Relative to the project. */
  readonly files: readonly string[];
}

/** Writes `churn_scores` and `churn_drivers` beside the gold model, and both as Parquet: all four, or none. */
export async function publishScores(
  adapter: DuckDbAdapter,
  gold: OpenedGold,
  run: CurrentRun,
  made: ScoresToPublish,
): Promise<PublishedScores> {
  const { project, relation } = gold;
  const folder = join(targetFolder(project), 'scores');
  const parts = [
    { identifier: 'churn_scores', table: scoreTable(gold, run, made) },
    { identifier: 'churn_drivers', table: driverTable(gold, made) },
  ].map(({ identifier, table }) => ({
    relation: { ...relation, identifier },
    table,
    parquet: join(folder, `${identifier}.parquet`),
  }));
  const { publishColumns } = await import('../engine.ts');
  await publishColumns(adapter.main, parts);
  return {
    tables: parts.map((part) => `${part.relation.schema}.${part.relation.identifier}`),
    files: parts.map(({ parquet }) => relative(project.root, parquet)),
  };
}

function scoreTable(
  { prediction, entityType, data }: OpenedGold,
  run: CurrentRun,
  { scores, threshold, drivers }: ScoresToPublish,
): ColumnTable {
  const { rows } = data;
  const actions = Array.from(
    { length: rows },
    (_, row) => suggestedAction(scores.driversOf(row, drivers))?.action ?? null,
  );
  const columns: TypedColumn[] = [
    text(prediction.entity, data.entity ?? [], entityType),
    instant(prediction.predictionTime, data.predictionTime ?? new Float64Array(rows)),
    ...(data.groups ?? []).map(
      ({ name, codes, values }): TypedColumn => ({ kind: 'text', name, type: '', codes, dictionary: values }),
    ),
    number('probability', scores.probabilities),
    number('risk_rank', riskRank(scores), 'BIGINT'),
    ...(threshold === undefined
      ? []
      : [
          boolean(
            'intervene',
            scores.probabilities.map((value) => (value >= threshold ? 1 : 0)),
          ),
        ]),
    text('suggested_action', actions),
    { kind: 'text', name: 'run_id', type: '', codes: new Int32Array(rows), dictionary: [run.record.id] },
  ];
  return { rows, columns };
}

/** 1 is the highest risk. Calibration makes steps: the raw score decides among equals. */
function riskRank({ probabilities, raw }: Scores): Float64Array {
  const order = Uint32Array.from(probabilities.keys()).sort(
    (a, b) =>
      (probabilities[b] as number) - (probabilities[a] as number) || (raw[b] as number) - (raw[a] as number),
  );
  const rank = new Float64Array(order.length);
  for (const [at, row] of order.entries()) rank[row] = at + 1;
  return rank;
}

/** A row per customer and reason, strongest first; filled column by column, as there are millions of them. */
function driverTable(
  { prediction, entityType, data }: OpenedGold,
  { scores, drivers: kept }: ScoresToPublish,
): ColumnTable {
  const most = data.rows * Math.min(kept, scores.shap.featureNames.length);
  const rowOf = new Int32Array(most);
  const rank = new Float64Array(most);
  const contribution = new Float64Array(most);
  const feature = textBuilder(most);
  const value = textBuilder(most);
  const action = textBuilder(most);
  let size = 0;
  for (let row = 0; row < data.rows; row++)
    for (const driver of scores.driversOf(row, kept, 'both')) {
      rowOf[size] = row;
      rank[size] = driver.rank;
      contribution[size] = driver.contribution;
      feature.set(size, driver.feature);
      value.set(size, driver.value === null ? null : valueText(driver.value));
      action.set(size, driver.action?.action ?? null);
      size++;
    }
  const rows = rowOf.subarray(0, size);
  const entities = text(prediction.entity, data.entity ?? [], entityType) as TextColumn;
  const times = instant(prediction.predictionTime, data.predictionTime ?? new Float64Array(data.rows));
  return {
    rows: size,
    columns: [
      { ...entities, codes: Int32Array.from(rows, (row) => entities.codes[row] as number) },
      {
        ...times,
        values: BigInt64Array.from({ length: size }, (_, at) => times.values[rows[at] as number] as bigint),
        nulls: Uint8Array.from(rows, (row) => times.nulls?.[row] ?? 0),
      },
      number('driver_rank', rank.subarray(0, size), 'BIGINT'),
      feature.column('feature', size),
      value.column('feature_value', size),
      number('shap_log_odds', contribution.subarray(0, size)),
      action.column('action', size),
    ],
  };
}

function number(name: string, values: Float64Array, type = ''): TypedColumn {
  return { kind: 'number', name, type, values };
}

function boolean(name: string, values: ArrayLike<number>): TypedColumn {
  return { kind: 'boolean', name, type: '', values: Uint8Array.from(values) };
}

/** @param values milliseconds since the epoch; NaN is missing */
function instant(name: string, values: Float64Array): TimestampColumn {
  return {
    kind: 'timestamp',
    name,
    type: '',
    values: BigInt64Array.from(values, (value) =>
      Number.isNaN(value) ? 0n : BigInt(Math.round(value * 1000)),
    ),
    nulls: Uint8Array.from(values, (value) => (Number.isNaN(value) ? 1 : 0)),
  };
}

function text(name: string, values: readonly (string | null)[], type = ''): TypedColumn {
  const builder = textBuilder(values.length);
  for (const [row, value] of values.entries()) builder.set(row, value);
  return builder.column(name, values.length, type);
}

/** A text column filled row by row. */
function textBuilder(most: number) {
  const codes = new Int32Array(most);
  const dictionary: string[] = [];
  const codeOf = new Map<string, number>();
  return {
    set(row: number, value: string | null): void {
      if (value === null) {
        codes[row] = -1;
        return;
      }
      let code = codeOf.get(value);
      if (code === undefined) {
        code = dictionary.push(value) - 1;
        codeOf.set(value, code);
      }
      codes[row] = code;
    },
    column: (name: string, rows: number, type = ''): TypedColumn => ({
      kind: 'text',
      name,
      type,
      codes: codes.subarray(0, rows),
      dictionary,
    }),
  };
}
