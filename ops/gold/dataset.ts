import type { ColumnTable, PredictionConfig, TrainingConfig, TypedColumn } from '#core';
import type { Dataset, FeatureColumn, GroupColumn } from '#ml';
import { columnOf, instantsOf, numbersOf, textAt } from './gold-table.ts';
import { longestInterval } from './interval.ts';

/** What stands in the way of making a data set of the gold table, in words. */
export class GoldProblem extends Error {
  constructor(
    message: string,
    readonly fix?: string,
  ) {
    super(message);
  }
}

/**
 * The gold table as the booster reads it: features are all columns without another role. Rows without a label stay in;
 * {@link labelledRows} tells which can be trained on.
 *
 * @throws GoldProblem when a declared column is missing or of the wrong kind
 */
export function goldDataset(
  table: ColumnTable,
  prediction: PredictionConfig,
  training: Pick<TrainingConfig, 'weights'> | undefined,
): Dataset {
  const label = numbers(table, prediction.label, 'label');
  const predictionTime = instants(table, prediction.predictionTime, 'prediction_time');
  const entity = need(table, prediction.entity, 'entity');
  const groups = [prediction.cohort, prediction.tier].flatMap((name) =>
    name === undefined ? [] : [groupOf(need(table, name, 'cohort or tier'))],
  );
  return {
    rows: table.rows,
    features: featureColumns(table, prediction),
    label,
    weight: weightsOf(table, training),
    groups,
    predictionTime,
    labelKnownAt: knownAt(table, prediction, predictionTime),
    eventTime: eventTimes(table, prediction, predictionTime),
    entity: Array.from({ length: table.rows }, (_, row) => textAt(entity, row) ?? ''),
  };
}

/** Rows whose label is known; the others can be scored, not trained on. */
export function labelledRows(data: Dataset): Uint32Array {
  const { label } = data;
  if (label === undefined) return new Uint32Array(0);
  const rows = new Uint32Array(data.rows);
  let count = 0;
  for (let row = 0; row < data.rows; row++) if (!Number.isNaN(label[row] as number)) rows[count++] = row;
  return rows.slice(0, count);
}

/** Every column that the project gives no other role. Instants are no features: their age is. */
function featureColumns(table: ColumnTable, prediction: PredictionConfig): FeatureColumn[] {
  const taken = new Set(
    [
      prediction.entity,
      prediction.predictionTime,
      prediction.label,
      prediction.labelKnownAt,
      prediction.daysUntilEvent,
      ...prediction.exclude,
    ].filter((name) => name !== undefined),
  );
  const features = table.columns.flatMap((column): FeatureColumn[] => {
    const { name } = column;
    if (taken.has(name) || column.kind === 'timestamp') return [];
    if (column.kind === 'text')
      return [{ kind: 'categorical', name, codes: column.codes, dictionary: column.dictionary }];
    return [{ kind: 'numeric', name, values: numbersOf(column) ?? new Float64Array(0) }];
  });
  if (features.length === 0)
    throw new GoldProblem(
      'it has no feature columns',
      'Every column is a role or excluded; features are the rest.',
    );
  return features;
}

function knownAt(
  table: ColumnTable,
  prediction: PredictionConfig,
  predictionTime: Float64Array,
): Float64Array {
  if (prediction.labelKnownAt !== undefined)
    return instants(table, prediction.labelKnownAt, 'label_known_at');
  const horizon = prediction.horizon === undefined ? undefined : longestInterval(prediction.horizon);
  if (horizon === undefined)
    throw new GoldProblem(
      prediction.horizon === undefined
        ? 'nothing tells when a label became known'
        : `\`${prediction.horizon}\` is no horizon`,
      'Declare `horizon: "90 days"` (or a column as `label_known_at:`) under `prediction:`.',
    );
  return predictionTime.map((at) => at + horizon);
}

function eventTimes(
  table: ColumnTable,
  prediction: PredictionConfig,
  predictionTime: Float64Array,
): Float64Array | undefined {
  if (prediction.daysUntilEvent === undefined) return undefined;
  const days = numbers(table, prediction.daysUntilEvent, 'days_until_event');
  return predictionTime.map((at, row) => at + (days[row] as number) * 86_400_000);
}

function weightsOf(
  table: ColumnTable,
  training: Pick<TrainingConfig, 'weights'> | undefined,
): Float64Array | undefined {
  const weights = training?.weights;
  if (weights === undefined) return undefined;
  const column = need(table, weights.column, 'weights');
  return Float64Array.from({ length: table.rows }, (_, row) => {
    const value = textAt(column, row);
    return (value === null ? undefined : weights.values[value]) ?? weights.default;
  });
}

function groupOf(column: TypedColumn): GroupColumn {
  if (column.kind === 'text') return { name: column.name, codes: column.codes, values: column.dictionary };
  const values: string[] = [];
  const codes = new Map<string, number>();
  const out = Int32Array.from({ length: column.values.length }, (_, row) => {
    const text = textAt(column, row);
    if (text === null) return -1;
    const code = codes.get(text) ?? values.push(text) - 1;
    codes.set(text, code);
    return code;
  });
  return { name: column.name, codes: out, values };
}

function need(table: ColumnTable, name: string, role: string): TypedColumn {
  const column = columnOf(table, name);
  if (column !== undefined) return column;
  const names = table.columns.map((each) => each.name).join(', ');
  throw new GoldProblem(`it has no column \`${name}\` (${role})`, `It has: ${names}.`);
}

function numbers(table: ColumnTable, name: string, role: string): Float64Array {
  const column = need(table, name, role);
  const values = numbersOf(column);
  if (values !== undefined) return values;
  throw new GoldProblem(`\`${name}\` (${role}) is ${column.type}, not a number or Boolean`);
}

function instants(table: ColumnTable, name: string, role: string): Float64Array {
  const column = need(table, name, role);
  const values = instantsOf(column);
  if (values !== undefined) return values;
  throw new GoldProblem(`\`${name}\` (${role}) is ${column.type}, not a date or timestamp`);
}
