import { checkLabels } from './check-labels.ts';
import { meanLabel, type ObjectiveMaker, rowLoss } from './objective.ts';

/** Squared error, and the two that forgive outliers: Huber's (straight beyond `alpha`) and Fair's (`fair_c`). */

export const regression: ObjectiveMaker = (target, params) => {
  checkLabels(target, 'regression', 'finite numbers');
  return rowLoss(target, {
    model: { text: 'regression', link: 'identity', sigmoid: 1, classes: 1 },
    init: params.boost_from_average ? meanLabel(target) : 0,
    gradient: (score, label) => score - label,
    hessian: () => 1,
  });
};

export const huber: ObjectiveMaker = (target, params) => {
  checkLabels(target, 'huber', 'finite numbers');
  const { alpha } = params;
  return rowLoss(target, {
    model: { text: 'huber', link: 'identity', sigmoid: 1, classes: 1 },
    init: params.boost_from_average ? meanLabel(target) : 0,
    gradient: (score, label) => Math.max(-alpha, Math.min(alpha, score - label)),
    hessian: () => 1,
  });
};

export const fair: ObjectiveMaker = (target, params) => {
  checkLabels(target, 'fair', 'finite numbers');
  const c = params.fair_c;
  return rowLoss(target, {
    model: { text: 'fair', link: 'identity', sigmoid: 1, classes: 1 },
    init: params.boost_from_average ? meanLabel(target) : 0,
    gradient: (score, label) => (c * (score - label)) / (Math.abs(score - label) + c),
    hessian: (score, label) => (c * c) / (Math.abs(score - label) + c) ** 2,
  });
};
