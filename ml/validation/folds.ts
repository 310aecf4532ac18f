import type { Dataset } from '../dataset/dataset.ts';
import { MlError } from '../error.ts';

export interface Fold {
  /** `fold 1` ..., or `final`. */
  readonly name: string;
  /** Row indexes, ascending. */
  readonly train: Uint32Array;
  readonly test: Uint32Array;
  /** Rows before the test period whose label was not yet known at its first prediction time. */
  readonly purged: number;
  readonly trainFrom: number;
  readonly trainUntil: number;
  readonly testFrom: number;
  readonly testUntil: number;
}

export interface FoldOptions {
  /** Expanding folds with one test period each; default 6. */
  readonly folds?: number;
  /** Distinct prediction times held out for the final evaluation; default 3. */
  readonly finalPeriods?: number;
}

export interface FoldPlan {
  readonly folds: readonly Fold[];
  readonly final: Fold;
}

/**
 * Purged expanding-window validation over the distinct prediction times p1 < ... < pn. The last `finalPeriods`
 * are the final test; each of the `folds` periods before them is tested once, trained on everything earlier. A
 * training row counts only if its label was known at the test's first prediction time.
 *
 * With 12 monthly times, 6 folds and 3 final periods: train 1-3 test 4, ..., train 1-8 test 9, final 1-9 against 10-12.
 *
 * @throws MlError CH805 without times, CH811 with too few periods or nothing left to learn from
 */
export function purgedFolds(data: Dataset, options: FoldOptions = {}): FoldPlan {
  const { folds = 6, finalPeriods = 3 } = options;
  const { predictionTime, labelKnownAt } = data;
  if (predictionTime === undefined || labelKnownAt === undefined) {
    throw new MlError('CH805', 'Validation in time needs predictionTime and labelKnownAt for every row.');
  }
  const periods = [...new Set(predictionTime)].sort((a, b) => a - b);
  const first = periods.length - finalPeriods - folds;
  if (first < 1 || finalPeriods < 1) {
    throw new MlError(
      'CH811',
      `${folds} folds and ${finalPeriods} final periods need at least ${folds + finalPeriods + 1} prediction times; there are ${periods.length}.`,
      'Ask for fewer folds, or add prediction times.',
    );
  }
  const cut = (name: string, from: number, until: number): Fold =>
    purgedFold(name, data, predictionTime, labelKnownAt, periods[from]!, periods[until]!);
  return {
    folds: Array.from({ length: folds }, (_, i) => cut(`fold ${i + 1}`, first + i, first + i)),
    final: cut('final', periods.length - finalPeriods, periods.length - 1),
  };
}

function purgedFold(
  name: string,
  data: Dataset,
  predictionTime: Float64Array,
  labelKnownAt: Float64Array,
  testFrom: number,
  testUntil: number,
): Fold {
  const train: number[] = [];
  const test: number[] = [];
  let purged = 0;
  let trainFrom = Infinity;
  let trainUntil = -Infinity;
  for (let row = 0; row < data.rows; row++) {
    const time = predictionTime[row]!;
    if (time >= testFrom && time <= testUntil) test.push(row);
    else if (time < testFrom) {
      // A label of unknown date (NaN) was not known.
      if (labelKnownAt[row]! <= testFrom) {
        train.push(row);
        trainFrom = Math.min(trainFrom, time);
        trainUntil = Math.max(trainUntil, time);
      } else purged++;
    }
  }
  if (train.length === 0) {
    throw new MlError(
      'CH811',
      `Nothing is left to train ${name} on: no earlier label was known at ${new Date(testFrom).toISOString().slice(0, 10)} (${purged} rows purged).`,
      'Ask for fewer folds, so that each has more history, or shorten the label horizon.',
    );
  }
  const rows = { train: Uint32Array.from(train), test: Uint32Array.from(test) };
  return { name, ...rows, purged, trainFrom, trainUntil, testFrom, testUntil };
}

/**
 * The last known training period of a fold as validation set, purged in turn: what early stopping may look at
 * without looking at the test rows. Null when there is no earlier period with known labels.
 */
export function innerFold(data: Dataset, fold: Fold): { train: Uint32Array; valid: Uint32Array } | null {
  const { predictionTime, labelKnownAt } = data;
  if (predictionTime === undefined || labelKnownAt === undefined) return null;
  const periods = [...new Set(Array.from(fold.train, (row) => predictionTime[row]!))].sort((a, b) => b - a);
  for (const period of periods) {
    const valid = fold.train.filter((row) => predictionTime[row]! === period);
    const train = fold.train.filter((row) => predictionTime[row]! < period && labelKnownAt[row]! <= period);
    if (hasBothClasses(data, valid) && hasBothClasses(data, train)) return { train, valid };
  }
  return null;
}

function hasBothClasses(data: Dataset, rows: Uint32Array): boolean {
  const first = data.label?.[rows[0] ?? 0];
  return rows.length > 1 && rows.some((row) => data.label?.[row] !== first);
}
