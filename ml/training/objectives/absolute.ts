import { checkLabels } from './check-labels.ts';
import { type ObjectiveMaker, rowLoss, type Target } from './objective.ts';
import { percentile } from './percentile.ts';

/**
 * Losses that are straight on both sides of the label: the absolute error, its share of the label, a quantile. Trees grow
 * on signs; each leaf then takes the percentile of its rows' residuals, which is its best value.
 */

export const absolute: ObjectiveMaker = (target, params) => {
  checkLabels(target, 'regression_l1', 'finite numbers');
  return straight('regression_l1', target, target.weight, 0.5, params.boost_from_average, (score, label) =>
    Math.sign(score - label),
  );
};

export const quantile: ObjectiveMaker = (target, params) => {
  checkLabels(target, 'quantile', 'finite numbers');
  const alpha = Math.fround(params.alpha); // LightGBM keeps it in single precision
  return straight('quantile', target, target.weight, alpha, params.boost_from_average, (score, label) =>
    score >= label ? 1 - alpha : -alpha,
  );
};

/** A row's error counts in shares of its label, of 1 at least. */
export const percentage: ObjectiveMaker = (target, params) => {
  checkLabels(target, 'mape', 'finite numbers');
  const { label, weight } = target;
  const share = label.map((y, row) => (weight?.[row] ?? 1) / Math.max(1, Math.abs(y)));
  return straight(
    'mape',
    target,
    share,
    0.5,
    params.boost_from_average,
    (score, y) => Math.sign(score - y) / Math.max(1, Math.abs(y)),
  );
};

function straight(
  text: string,
  target: Target,
  importance: Float64Array | undefined,
  alpha: number,
  fromAverage: boolean,
  gradient: (score: number, label: number) => number,
) {
  const { label } = target;
  const residuals = (rows: Uint32Array, scores: Float64Array): Float64Array =>
    Float64Array.from(rows, (row) => label[row]! - scores[row]!);
  return rowLoss(target, {
    model: { text, link: 'identity', sigmoid: 1, classes: 1 },
    init: fromAverage ? percentile(label, importance, alpha) : 0,
    gradient,
    hessian: () => 1,
    leafValue: (rows, scores) =>
      percentile(
        residuals(rows, scores),
        importance && Float64Array.from(rows, (row) => importance[row]!),
        alpha,
      ),
  });
}
