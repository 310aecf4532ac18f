import type { objectiveNames } from './defaults.ts';
import type { metricNames } from './training-metrics.ts';

export type Objective = (typeof objectiveNames)[number];

export type MetricName = (typeof metricNames)[number];

/**
 * Training parameters: LightGBM's names, defaults and meanings. Aliases (`n_estimators`, `eta`, `subsample`, ...)
 * are accepted by `resolveParams`, which refuses unknown names (CH801), names LightGBM has and we have not
 * (CH802) and values outside their range (CH803).
 */
export type Params = {
  readonly objective: Objective;
  readonly boosting: 'gbdt' | 'goss';
  readonly num_iterations: number;
  readonly learning_rate: number;
  readonly num_leaves: number;
  /** At most this many decisions to a leaf; 0 or less is no limit. */
  readonly max_depth: number;
  readonly min_data_in_leaf: number;
  readonly min_sum_hessian_in_leaf: number;
  readonly lambda_l1: number;
  readonly lambda_l2: number;
  readonly min_gain_to_split: number;
  readonly max_delta_step: number;
  readonly path_smooth: number;
  readonly extra_trees: boolean;

  readonly bagging_fraction: number;
  readonly pos_bagging_fraction: number;
  readonly neg_bagging_fraction: number;
  readonly bagging_freq: number;
  readonly feature_fraction: number;
  readonly feature_fraction_bynode: number;
  readonly top_rate: number;
  readonly other_rate: number;

  readonly max_bin: number;
  readonly min_data_in_bin: number;
  readonly bin_construct_sample_cnt: number;
  readonly use_missing: boolean;
  readonly zero_as_missing: boolean;

  readonly max_cat_to_onehot: number;
  readonly max_cat_threshold: number;
  readonly cat_smooth: number;
  readonly cat_l2: number;
  readonly min_data_per_group: number;

  /** -1, 0 or 1 per feature, in column order; empty for none. */
  readonly monotone_constraints: readonly number[];
  /** Groups of column indexes that may occur together on a path; empty for none. */
  readonly interaction_constraints: readonly (readonly number[])[];

  readonly num_class: number;
  readonly is_unbalance: boolean;
  readonly scale_pos_weight: number;
  readonly sigmoid: number;
  /** Where huber turns straight; the quantile of objective quantile. */
  readonly alpha: number;
  readonly fair_c: number;
  readonly poisson_max_delta_step: number;
  /** 1: like Poisson, 2: like gamma. */
  readonly tweedie_variance_power: number;
  readonly boost_from_average: boolean;
  /** Not LightGBM's own but its scikit-learn wrapper's: each class weighs rows / (classes x its rows). */
  readonly class_weight: 'none' | 'balanced';

  readonly metric: readonly MetricName[];
  /** 0: never stop early. */
  readonly early_stopping_round: number;
  readonly early_stopping_min_delta: number;
  readonly first_metric_only: boolean;

  /** Round gradients stochastically to few levels: faster, and it regularises. */
  readonly use_quantized_grad: boolean;
  readonly num_grad_quant_bins: number;
  readonly stochastic_rounding: boolean;

  readonly seed: number;
  readonly bagging_seed: number;
  readonly feature_fraction_seed: number;
  readonly extra_seed: number;
  /** 0: as many as the machine has. Results do not depend on it. */
  readonly num_threads: number;
  readonly verbosity: number;
};

/** A known word, or one of LightGBM's other names of it. */
type Word<Known extends string> = Known | (string & {});

/** What a user may say: any subset, any alias; see docs/ml/parameters.md. */
export type TrainParams = Partial<Omit<Params, 'objective' | 'metric'>> & {
  readonly objective?: Word<Objective>;
  readonly metric?: string | readonly Word<MetricName>[];
} & Readonly<Record<string, unknown>>;
