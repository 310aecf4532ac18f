import { join, relative } from 'node:path';
import type { ColumnTable, DuckDbAdapter, TypedColumn } from '#core';
import { type ScoredDriver, type Scores, suggestedAction } from '#ops';
import { targetFolder } from '../target-folder.ts';
import type { CurrentRun } from './current-run.ts';
import { valueText } from './driver-text.ts';
import type { OpenedGold } from './gold.ts';

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

function driverTable(
  { prediction, entityType, data }: OpenedGold,
  { scores, drivers: kept }: ScoresToPublish,
): ColumnTable {
  const drivers: { readonly row: number; readonly driver: ScoredDriver }[] = [];
  for (let row = 0; row < data.rows; row++)
    for (const driver of scores.driversOf(row, kept, 'both')) drivers.push({ row, driver });
  const column = (name: string, value: (at: (typeof drivers)[number]) => string | null) =>
    text(name, drivers.map(value));
  return {
    rows: drivers.length,
    columns: [
      text(
        prediction.entity,
        drivers.map(({ row }) => data.entity?.[row] ?? null),
        entityType,
      ),
      instant(
        prediction.predictionTime,
        Float64Array.from(drivers, ({ row }) => data.predictionTime?.[row] ?? Number.NaN),
      ),
      number(
        'driver_rank',
        Float64Array.from(drivers, ({ driver }) => driver.rank),
        'BIGINT',
      ),
      column('feature', ({ driver }) => driver.feature),
      column('feature_value', ({ driver }) => (driver.value === null ? null : valueText(driver.value))),
      number(
        'shap_log_odds',
        Float64Array.from(drivers, ({ driver }) => driver.contribution),
      ),
      column('action', ({ driver }) => driver.action?.action ?? null),
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
function instant(name: string, values: Float64Array): TypedColumn {
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
  const dictionary: string[] = [];
  const codes = new Map<string, number>();
  return {
    kind: 'text',
    name,
    type,
    dictionary,
    codes: Int32Array.from(values, (value) => {
      if (value === null) return -1;
      const code = codes.get(value) ?? dictionary.push(value) - 1;
      codes.set(value, code);
      return code;
    }),
  };
}
