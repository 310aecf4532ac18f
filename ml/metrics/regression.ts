import { meanLoss } from './mean-loss.ts';

/** Metrics of predicted values, weighted means over rows; LightGBM's formulas (its src/metric/regression_metric.hpp). */

type Loss = (labels: Float64Array, values: Float64Array, weights?: Float64Array) => number;
type ShapedLoss = (
  labels: Float64Array,
  values: Float64Array,
  shape: number,
  weights?: Float64Array,
) => number;

/** Predictions of counts and amounts are kept above this before a logarithm. */
const smallestValue = 1e-10;

const above = (value: number): number => Math.max(value, smallestValue);

/** The pinball loss of quantile `alpha`. */
export const quantileLoss: ShapedLoss = (labels, values, alpha, weights) =>
  meanLoss(labels.length, weights, (row) => {
    const short = labels[row]! - values[row]!;
    return short < 0 ? (alpha - 1) * short : alpha * short;
  });

/** Absolute error in shares of the label, of 1 at least. */
export const meanAbsolutePercentageError: Loss = (labels, values, weights) =>
  meanLoss(
    labels.length,
    weights,
    (row) => Math.abs(labels[row]! - values[row]!) / Math.max(1, Math.abs(labels[row]!)),
  );

export const huberLoss: ShapedLoss = (labels, values, alpha, weights) =>
  meanLoss(labels.length, weights, (row) => {
    const size = Math.abs(values[row]! - labels[row]!);
    return size <= alpha ? 0.5 * size * size : alpha * (size - 0.5 * alpha);
  });

export const fairLoss: ShapedLoss = (labels, values, c, weights) =>
  meanLoss(labels.length, weights, (row) => {
    const size = Math.abs(values[row]! - labels[row]!);
    return c * size - c * c * Math.log1p(size / c);
  });

/** Negative log likelihood of a Poisson count, without the part that the label alone decides. */
export const poissonLoss: Loss = (labels, values, weights) =>
  meanLoss(
    labels.length,
    weights,
    (row) => above(values[row]!) - labels[row]! * Math.log(above(values[row]!)),
  );

/** Negative log likelihood of a gamma amount of shape 1. */
export const gammaLoss: Loss = (labels, values, weights) =>
  meanLoss(labels.length, weights, (row) => labels[row]! / values[row]! + Math.log(values[row]!));

/** LightGBM gives the sum, not the mean, without weights as with them. */
export const gammaDeviance: Loss = (labels, values, weights) => {
  let sum = 0;
  for (let row = 0; row < labels.length; row++) {
    const share = labels[row]! / (values[row]! + 1e-9);
    sum += (weights?.[row] ?? 1) * (share - Math.log(share) - 1);
  }
  return 2 * sum;
};

export const tweedieLoss: ShapedLoss = (labels, values, power, weights) =>
  meanLoss(labels.length, weights, (row) => {
    const log = Math.log(above(values[row]!));
    return (
      Math.exp((2 - power) * log) / (2 - power) - (labels[row]! * Math.exp((1 - power) * log)) / (1 - power)
    );
  });
