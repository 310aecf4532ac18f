import {
  binaryError,
  brierScore,
  crossEntropy,
  logLoss,
  meanAbsoluteError,
  multiError,
  multiLogLoss,
} from '../metrics/probability.ts';
import { averagePrecision, precisionAt, rocAuc } from '../metrics/ranking.ts';
import * as regression from '../metrics/regression.ts';
import type { MetricName, Objective, Params } from './params.ts';

export const metricNames = [
  'binary_logloss',
  'binary_error',
  'auc',
  'average_precision',
  'brier',
  'precision_at_10',
  'cross_entropy',
  'l1',
  'l2',
  'rmse',
  'quantile',
  'mape',
  'huber',
  'fair',
  'poisson',
  'gamma',
  'gamma_deviance',
  'tweedie',
  'multi_logloss',
  'multi_error',
] as const;

/** A metric that training can watch; predictions are probabilities or values. */
export interface TrainingMetric {
  readonly higherIsBetter: boolean;
  readonly value: (
    labels: Float64Array,
    predictions: Float64Array,
    weights: Float64Array | undefined,
    params: Params,
  ) => number;
}

const loss = (value: TrainingMetric['value']): TrainingMetric => ({ higherIsBetter: false, value });
const score = (value: TrainingMetric['value']): TrainingMetric => ({ higherIsBetter: true, value });

export const trainingMetrics: Readonly<Record<MetricName, TrainingMetric>> = {
  binary_logloss: loss(logLoss),
  binary_error: loss(binaryError),
  auc: score(rocAuc),
  average_precision: score(averagePrecision),
  brier: loss(brierScore),
  precision_at_10: score((labels, predictions) => precisionAt(labels, predictions, 0.1)),
  cross_entropy: loss(crossEntropy),
  l1: loss(meanAbsoluteError),
  l2: loss(brierScore),
  rmse: loss((labels, values, weights) => Math.sqrt(brierScore(labels, values, weights))),
  quantile: loss((labels, values, weights, { alpha }) =>
    regression.quantileLoss(labels, values, alpha, weights),
  ),
  mape: loss(regression.meanAbsolutePercentageError),
  huber: loss((labels, values, weights, { alpha }) => regression.huberLoss(labels, values, alpha, weights)),
  fair: loss((labels, values, weights, { fair_c }) => regression.fairLoss(labels, values, fair_c, weights)),
  poisson: loss(regression.poissonLoss),
  gamma: loss(regression.gammaLoss),
  gamma_deviance: loss(regression.gammaDeviance),
  tweedie: loss((labels, values, weights, { tweedie_variance_power }) =>
    regression.tweedieLoss(labels, values, tweedie_variance_power, weights),
  ),
  multi_logloss: loss(multiLogLoss),
  multi_error: loss(multiError),
};

/** What is watched when no metric is named: LightGBM's choices. */
const defaults: Readonly<Record<Objective, MetricName>> = {
  binary: 'binary_logloss',
  cross_entropy: 'cross_entropy',
  regression: 'l2',
  regression_l1: 'l1',
  huber: 'huber',
  fair: 'fair',
  quantile: 'quantile',
  mape: 'mape',
  poisson: 'poisson',
  gamma: 'gamma',
  tweedie: 'tweedie',
  multiclass: 'multi_logloss',
  multiclassova: 'multi_logloss',
};

export function defaultMetric(objective: Objective): MetricName {
  return defaults[objective];
}
