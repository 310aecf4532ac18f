import type { TrainingConfig } from '#core';
import type { TrainParams } from '#ml';

/** What trains when the project file says nothing: small trees, a few hundred rounds, stopped early. */
const defaults: TrainParams = {
  objective: 'binary',
  num_iterations: 300,
  learning_rate: 0.05,
  num_leaves: 31,
  min_data_in_leaf: 50,
};

/** `training:` as LightGBM's parameters; the project's own `params:` win over the defaults. */
export function trainParams(training: TrainingConfig | undefined, threads?: number): TrainParams {
  const stopping = training?.earlyStopping ?? { metric: 'average_precision', rounds: 30 };
  return {
    ...defaults,
    seed: training?.seed ?? 42,
    ...(threads === undefined ? {} : { num_threads: threads }),
    ...training?.params,
    metric: [stopping.metric] as TrainParams['metric'],
    early_stopping_round: stopping.rounds,
  };
}
