import type { Dataset } from '../dataset/dataset.ts';
import { MlError } from '../error.ts';
import { absolute, percentage, quantile } from './objectives/absolute.ts';
import { binary } from './objectives/binary.ts';
import { crossEntropy } from './objectives/cross-entropy.ts';
import { multiclass } from './objectives/multiclass.ts';
import type { ObjectiveMaker, TrainingObjective } from './objectives/objective.ts';
import { oneVsAll } from './objectives/one-vs-all.ts';
import { gamma, poisson, tweedie } from './objectives/positive.ts';
import { fair, huber, regression } from './objectives/squared.ts';
import type { Objective, Params } from './params.ts';

export type { Logistic, TrainingObjective } from './objectives/objective.ts';

/** Every objective, by LightGBM's name. Sources of derivatives and starting scores: its src/objective. */
const objectives: Readonly<Record<Objective, ObjectiveMaker>> = {
  binary,
  cross_entropy: crossEntropy,
  regression,
  regression_l1: absolute,
  huber,
  fair,
  quantile,
  mape: percentage,
  poisson,
  gamma,
  tweedie,
  multiclass,
  multiclassova: oneVsAll,
};

/** The objective of the parameters on this data. Throws CH806 when labels do not fit it. */
export function trainingObjective({ label, weight }: Dataset, params: Params): TrainingObjective {
  if (label === undefined) throw new MlError('CH806', 'Training needs labels and the data set has none.');
  // Weights of 1 are none: percentiles are taken differently with and without, in LightGBM too.
  const weighs = weight?.some((w) => w !== 1) === true;
  return objectives[params.objective]({ label, weight: weighs ? weight : undefined }, params);
}
