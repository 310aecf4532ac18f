import { MlError } from '../../error.ts';
import type { ModelObjective } from '../../format/model.ts';
import type { Params } from '../params.ts';
import { checkLabels } from './check-labels.ts';
import { meanLabel, type ObjectiveMaker, rowLoss, type Target } from './objective.ts';

/** Losses of counts and amounts: the score is the logarithm of the prediction. */

export const poisson: ObjectiveMaker = (target, params) => {
  checkLabels(target, 'poisson', 'numbers from 0', (label) => label >= 0);
  const stretch = Math.exp(params.poisson_max_delta_step);
  return rowLoss(target, {
    model: model('poisson'),
    init: logMean('poisson', target, params),
    gradient: (score, label) => Math.exp(score) - label,
    hessian: (score) => Math.exp(score) * stretch,
  });
};

export const gamma: ObjectiveMaker = (target, params) => {
  checkLabels(target, 'gamma', 'numbers above 0', (label) => label > 0);
  return rowLoss(target, {
    model: model('gamma'),
    init: logMean('gamma', target, params),
    gradient: (score, label) => 1 - label * Math.exp(-score),
    hessian: (score, label) => label * Math.exp(-score),
  });
};

export const tweedie: ObjectiveMaker = (target, params) => {
  checkLabels(target, 'tweedie', 'numbers from 0', (label) => label >= 0);
  const power = params.tweedie_variance_power;
  return rowLoss(target, {
    model: model('tweedie'),
    init: logMean('tweedie', target, params),
    gradient: (score, label) => Math.exp((2 - power) * score) - label * Math.exp((1 - power) * score),
    hessian: (score, label) =>
      (2 - power) * Math.exp((2 - power) * score) - label * (1 - power) * Math.exp((1 - power) * score),
  });
};

function model(text: string): ModelObjective {
  return { text, link: 'exp', sigmoid: 1, classes: 1 };
}

function logMean(objective: string, target: Target, params: Params): number {
  const mean = meanLabel(target);
  if (mean === 0) throw new MlError('CH806', `All labels are 0; objective ${objective} needs one above.`);
  return params.boost_from_average ? Math.log(mean) : 0;
}
