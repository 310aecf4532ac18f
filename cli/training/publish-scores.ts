import { join, relative } from 'node:path';
import type { ColumnTable, Relation, TypedColumn } from '#core';
import type { Dataset } from '#ml';
import type { Scores } from '#ops';
import { openTarget } from '../target.ts';
import { targetFolder } from '../target-folder.ts';
import type { CurrentRun } from './current-run.ts';
import { valueText } from './driver-text.ts';
import type { OpenedGold } from './gold.ts';

export interface ScoresToPublish {
  readonly data: Dataset;
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

/** Writes `churn_scores` and `churn_drivers` beside the gold model, and both as Parquet. */
export async function publishScores(
  gold: OpenedGold,
  run: CurrentRun,
  made: ScoresToPublish,
): Promise<PublishedScores> {
  const { project, prediction } = gold;
  const node = [...gold.rendered.nodes.values()].find(({ name }) => name === prediction.model.value);
  const schema: Omit<Relation, 'identifier'> = {
    database: node?.relation.database,
    schema: node?.relation.schema ?? project.target.schema,
  };
  const tables: readonly (readonly [string, ColumnTable])[] = [
    ['churn_scores', scoreTable(gold, run, made)],
    ['churn_drivers', driverTable(gold, made)],
  ];
  const adapter = await openTarget(project);
  const { copyToParquet, writeColumns } = await import('../engine.ts');
  try {
    const files: string[] = [];
    for (const [identifier, table] of tables) {
      const relation = { ...schema, identifier };
      await writeColumns(adapter.main, relation, table);
      const path = join(targetFolder(project), 'scores', `${identifier}.parquet`);
      await copyToParquet(adapter.main, relation, path);
      files.push(relative(project.root, path));
    }
    return { tables: tables.map(([identifier]) => `${schema.schema}.${identifier}`), files };
  } finally {
    await adapter.close();
  }
}

function scoreTable(
  { prediction, entityType }: OpenedGold,
  run: CurrentRun,
  made: ScoresToPublish,
): ColumnTable {
  const { data, scores, threshold } = made;
  const rows = data.rows;
  const order = [...scores.probabilities.keys()].sort(
    (a, b) => (scores.probabilities[b] as number) - (scores.probabilities[a] as number),
  );
  const rank = new Float64Array(rows);
  for (const [at, row] of order.entries()) rank[row] = at + 1;
  const actions = Array.from({ length: rows }, (_, row) => {
    const drivers = scores.driversOf(row, made.drivers);
    return drivers.find(({ action }) => action !== undefined)?.action?.action ?? null;
  });
  const columns: TypedColumn[] = [
    text(prediction.entity, data.entity ?? [], entityType),
    instant(prediction.predictionTime, data.predictionTime ?? new Float64Array(rows)),
    ...(data.groups ?? []).map(
      ({ name, codes, values }): TypedColumn => ({ kind: 'text', name, type: '', codes, dictionary: values }),
    ),
    number('probability', scores.probabilities),
    number('risk_rank', rank, 'BIGINT'),
    ...(threshold === undefined
      ? []
      : [
          boolean(
            'intervene',
            scores.probabilities.map((value) => (value >= threshold ? 1 : 0)),
          ),
        ]),
    text('suggested_action', actions),
    text(
      'run_id',
      Array.from({ length: rows }, () => run.record.id),
    ),
  ];
  return { rows, columns };
}

function driverTable(
  { prediction, entityType }: OpenedGold,
  { data, scores, drivers: kept }: ScoresToPublish,
): ColumnTable {
  const drivers = Array.from({ length: data.rows }, (_, row) =>
    scores.driversOf(row, kept, 'both').map((driver) => ({ row, driver })),
  ).flat();
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
