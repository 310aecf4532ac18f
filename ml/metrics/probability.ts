import { meanLoss } from './mean-loss.ts';

/** Metrics of probabilities and values, weighted means over rows. */

/** Probabilities are kept this far from 0 and 1 before a logarithm. */
export const smallestProbability = 1e-15;

/** Negative log likelihood; probabilities are kept 1e-15 away from 0 and 1. */
export function logLoss(labels: Float64Array, scores: Float64Array, weights?: Float64Array): number {
  return meanLoss(labels.length, weights, (row) => {
    const p = labels[row]! > 0.5 ? scores[row]! : 1 - scores[row]!;
    return -Math.log(Math.max(p, smallestProbability));
  });
}

/** Log loss of labels that are probabilities themselves; logarithms end at 1e-12, as in LightGBM. */
export function crossEntropy(labels: Float64Array, scores: Float64Array, weights?: Float64Array): number {
  const log = (p: number): number => Math.log(Math.max(p, 1e-12));
  return meanLoss(labels.length, weights, (row) => {
    const [y, p] = [labels[row]!, scores[row]!];
    return -(y * log(p) + (1 - y) * log(1 - p));
  });
}

/** Mean squared distance of probability and outcome. */
export function brierScore(labels: Float64Array, scores: Float64Array, weights?: Float64Array): number {
  return meanLoss(labels.length, weights, (row) => (scores[row]! - labels[row]!) ** 2);
}

export function meanAbsoluteError(
  labels: Float64Array,
  values: Float64Array,
  weights?: Float64Array,
): number {
  return meanLoss(labels.length, weights, (row) => Math.abs(values[row]! - labels[row]!));
}

/** Share of rows on the wrong side of 0.5. */
export function binaryError(labels: Float64Array, scores: Float64Array, weights?: Float64Array): number {
  return meanLoss(labels.length, weights, (row) => (scores[row]! > 0.5 === labels[row]! > 0.5 ? 0 : 1));
}

/** Log loss of the true class; probabilities are rows x classes. */
export function multiLogLoss(labels: Float64Array, scores: Float64Array, weights?: Float64Array): number {
  const classes = scores.length / labels.length;
  return meanLoss(
    labels.length,
    weights,
    (row) => -Math.log(Math.max(scores[row * classes + labels[row]!]!, smallestProbability)),
  );
}

/** Share of rows whose true class has not the largest probability. */
export function multiError(labels: Float64Array, scores: Float64Array, weights?: Float64Array): number {
  const classes = scores.length / labels.length;
  return meanLoss(labels.length, weights, (row) => {
    const own = scores[row * classes + labels[row]!]!;
    for (let k = 0; k < classes; k++) {
      if (k !== labels[row] && scores[row * classes + k]! >= own) return 1;
    }
    return 0;
  });
}
