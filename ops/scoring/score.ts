import type { DriverAction } from '#core';
import {
  applyCalibration,
  type Calibration,
  type Dataset,
  type Driver,
  explain,
  type FeatureImportance,
  type Model,
  type ShapValues,
} from '#ml';
import { actionFor, featureMedians, type Medians } from './actions.ts';

/** A reason behind a score. */
export interface ScoredDriver extends Driver {
  /** 1 is the strongest. */
  readonly rank: number;
  readonly action: DriverAction | undefined;
}

/** Scores of all rows of a data set; drivers are worked out row by row, on demand. */
export interface Scores {
  /** Calibrated probability per row. */
  readonly probabilities: Float64Array;
  /** Log-odds per row, before calibration. */
  readonly raw: Float64Array;
  readonly shap: ShapValues;
  /** Every feature by falling mean |SHAP| over the rows. */
  readonly importance: readonly FeatureImportance[];
  readonly medians: Medians;
  readonly driversOf: (row: number, k: number, direction?: 'both' | 'up') => readonly ScoredDriver[];
}

/**
 * Probability and reasons for every row.
 *
 * @param actions what to do about a driver, as declared under `prediction.actions`
 * @param peers whom actions compare a row's values with; the scored rows themselves by default
 */
export async function scoreRows(
  model: Model,
  calibration: Calibration | undefined,
  data: Dataset,
  actions: readonly DriverAction[],
  peers: Dataset = data,
): Promise<Scores> {
  const { predictions, raw, shap, importance, drivers } = await explain(model, data);
  const medians = featureMedians(peers);
  return {
    probabilities: calibration === undefined ? predictions : applyCalibration(calibration, predictions),
    raw,
    shap,
    importance,
    medians,
    driversOf: (row, k, direction = 'up') =>
      drivers(row, k, { direction }).map((driver, at) => ({
        feature: driver.feature,
        contribution: driver.contribution,
        value: driver.value,
        rank: at + 1,
        action: actionFor(driver, actions, medians),
      })),
  };
}

/** The first action among a row's drivers: what to do about this customer. */
export function suggestedAction(drivers: readonly ScoredDriver[]): DriverAction | undefined {
  return drivers.find(({ action }) => action !== undefined)?.action;
}
