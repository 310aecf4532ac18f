import {
  binaryError,
  brierScore,
  logLoss,
  meanAbsoluteError,
  multiError,
  multiLogLoss,
} from '../metrics/probability.ts';
import { averagePrecision, precisionAt, rocAuc } from '../metrics/ranking.ts';
import type { MetricName, Objective } from './params.ts';

/** A metric that training can watch; predictions are probabilities or values. */
export interface TrainingMetric {
  readonly name: string;
  readonly higherIsBetter: boolean;
  readonly value: (labels: Float64Array, predictions: Float64Array, weights?: Float64Array) => number;
}

export const trainingMetrics: Readonly<Record<MetricName, TrainingMetric>> = {
  binary_logloss: { name: 'binary_logloss', higherIsBetter: false, value: logLoss },
  binary_error: { name: 'binary_error', higherIsBetter: false, value: binaryError },
  auc: { name: 'auc', higherIsBetter: true, value: rocAuc },
  average_precision: { name: 'average_precision', higherIsBetter: true, value: averagePrecision },
  brier: { name: 'brier', higherIsBetter: false, value: brierScore },
  precision_at_10: {
    name: 'precision_at_10',
    higherIsBetter: true,
    value: (labels, predictions) => precisionAt(labels, predictions, 0.1),
  },
  l1: { name: 'l1', higherIsBetter: false, value: meanAbsoluteError },
  l2: { name: 'l2', higherIsBetter: false, value: brierScore },
  rmse: {
    name: 'rmse',
    higherIsBetter: false,
    value: (labels, predictions, weights) => Math.sqrt(brierScore(labels, predictions, weights)),
  },
  multi_logloss: { name: 'multi_logloss', higherIsBetter: false, value: multiLogLoss },
  multi_error: { name: 'multi_error', higherIsBetter: false, value: multiError },
};

/** What is watched when no metric is named. */
export function defaultMetric(objective: Objective): MetricName {
  if (objective === 'binary') return 'binary_logloss';
  return objective === 'multiclass' ? 'multi_logloss' : 'l2';
}
