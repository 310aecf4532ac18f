/** A parameter that LightGBM knows and this trainer has not. */
export interface NotHere {
  readonly because: string;
  readonly aliases?: readonly string[];
  /** Values that ask for nothing, LightGBM's default among them: taken, as there is nothing to refuse. */
  readonly idle?: readonly unknown[];
}

const oneMachine = 'training is on one machine';
const onCpu = 'training is on the CPU';
const noDart = 'there is no DART boosting';
const noRanking = 'there is no ranking objective';
const noCegb = 'there is no cost-effective boosting';
const columns = 'data comes as columns, not as files';
const byFunction = 'scoring is a function with options of its own';

/** Refused by name, never ignored, unless the value asks for nothing. */
export const unsupported: Readonly<Record<string, NotHere>> = {
  linear_tree: {
    because: 'linear trees are read and scored, not trained',
    aliases: ['linear_trees'],
    idle: [false],
  },
  linear_lambda: { because: 'linear trees are read and scored, not trained', idle: [0] },
  drop_rate: { because: noDart, aliases: ['rate_drop'], idle: [0.1] },
  max_drop: { because: noDart, idle: [50] },
  skip_drop: { because: noDart, idle: [0.5] },
  xgboost_dart_mode: { because: noDart, idle: [false] },
  uniform_drop: { because: noDart, idle: [false] },
  drop_seed: { because: noDart, idle: [4] },
  tree_learner: {
    because: oneMachine,
    aliases: ['tree', 'tree_type', 'tree_learner_type'],
    idle: ['serial'],
  },
  num_machines: { because: oneMachine, aliases: ['num_machine'], idle: [1] },
  local_listen_port: { because: oneMachine, aliases: ['local_port', 'port'], idle: [12400] },
  time_out: { because: oneMachine, idle: [120] },
  machine_list_filename: {
    because: oneMachine,
    aliases: ['machine_list_file', 'machine_list', 'mlist'],
    idle: [''],
  },
  machines: { because: oneMachine, aliases: ['workers', 'nodes'], idle: [''] },
  top_k: { because: oneMachine, aliases: ['topk'], idle: [20] },
  device_type: { because: onCpu, aliases: ['device'], idle: ['cpu'] },
  gpu_platform_id: { because: onCpu, idle: [-1] },
  gpu_device_id: { because: onCpu, idle: [-1] },
  gpu_device_id_list: { because: onCpu, idle: [''] },
  gpu_use_dp: { because: onCpu, idle: [false] },
  num_gpu: { because: onCpu, idle: [1] },
  forcedsplits_filename: {
    because: 'splits cannot be forced',
    aliases: ['fs', 'forced_splits_filename', 'forced_splits_file', 'forced_splits'],
    idle: [''],
  },
  forcedbins_filename: { because: 'bins cannot be forced', idle: [''] },
  monotone_constraints_method: {
    because: 'constraints use the basic method',
    aliases: ['monotone_constraining_method', 'mc_method'],
    idle: ['basic'],
  },
  monotone_penalty: {
    because: 'constraints use the basic method',
    aliases: ['monotone_splits_penalty', 'ms_penalty', 'mc_penalty'],
    idle: [0],
  },
  cegb_tradeoff: { because: noCegb, idle: [1] },
  cegb_penalty_split: { because: noCegb, idle: [0] },
  cegb_penalty_feature_lazy: { because: noCegb, idle: [''] },
  cegb_penalty_feature_coupled: { because: noCegb, idle: [''] },
  feature_contri: {
    because: 'features cannot be weighted',
    aliases: ['feature_contrib', 'fc', 'fp', 'feature_penalty'],
    idle: [''],
  },
  max_bin_by_feature: { because: 'all features have the same max_bin', idle: [''] },
  categorical_feature: {
    because: 'a column of kind `categorical` says so itself',
    aliases: ['cat_feature', 'categorical_column', 'cat_column', 'categorical_features'],
    idle: ['', 'auto'],
  },
  quant_train_renew_leaf: { because: 'leaf values are not renewed', idle: [false] },
  bagging_by_query: { because: noRanking, idle: [false] },
  objective_seed: { because: noRanking, idle: [5] },
  lambdarank_truncation_level: { because: noRanking, idle: [30] },
  lambdarank_norm: { because: noRanking, idle: [true] },
  lambdarank_position_bias_regularization: { because: noRanking, idle: [0] },
  label_gain: { because: noRanking, idle: [''] },
  eval_at: { because: noRanking, aliases: ['ndcg_eval_at', 'ndcg_at', 'map_eval_at', 'map_at'], idle: [''] },
  group_column: {
    because: noRanking,
    aliases: ['group', 'group_id', 'query_column', 'query', 'query_id'],
    idle: [''],
  },
  reg_sqrt: { because: 'labels are learned as they are; take their square roots yourself', idle: [false] },
  multi_error_top_k: { because: 'multi_error counts the first class only', idle: [1] },
  auc_mu_weights: { because: 'there is no metric auc_mu', idle: [''] },
  is_provide_training_metric: {
    because: 'the option `evaluateTraining` does that',
    aliases: ['training_metric', 'is_training_metric', 'train_metric'],
    idle: [false],
  },
  refit_decay_rate: { because: 'it is an option of `refit`', idle: [0.9] },
  input_model: {
    because: 'the option `initModel` does that',
    aliases: ['model_input', 'model_in'],
    idle: [''],
  },
  output_model: { because: '`writeModel` does that', aliases: ['model_output', 'model_out'] },
  snapshot_freq: { because: 'a model is whole or not at all', aliases: ['save_period'], idle: [-1] },
  saved_feature_importance_type: {
    because: 'models list how often features split, as by default',
    idle: [0],
  },
  config: { because: columns, aliases: ['config_file'], idle: [''] },
  task: {
    because: 'each task is a function: train, predict, refit',
    aliases: ['task_type'],
    idle: ['train'],
  },
  data: {
    because: columns,
    aliases: ['train', 'train_data', 'train_data_file', 'data_filename'],
    idle: [''],
  },
  valid: {
    because: 'the option `validation` holds them',
    aliases: ['test', 'valid_data', 'valid_data_file', 'test_data', 'test_data_file', 'valid_filenames'],
    idle: [''],
  },
  header: { because: columns, aliases: ['has_header'], idle: [false] },
  label_column: { because: columns, aliases: ['label'], idle: [''] },
  weight_column: { because: columns, aliases: ['weight'], idle: [''] },
  ignore_column: { because: columns, aliases: ['ignore_feature', 'blacklist'], idle: [''] },
  save_binary: { because: columns, aliases: ['is_save_binary', 'is_save_binary_file'], idle: [false] },
  precise_float_parser: { because: columns, idle: [false] },
  parser_config_file: { because: columns, idle: [''] },
  start_iteration_predict: { because: byFunction, idle: [0] },
  num_iteration_predict: { because: byFunction, idle: [-1] },
  predict_raw_score: {
    because: byFunction,
    aliases: ['is_predict_raw_score', 'predict_rawscore', 'raw_score'],
    idle: [false],
  },
  predict_leaf_index: {
    because: byFunction,
    aliases: ['is_predict_leaf_index', 'leaf_index'],
    idle: [false],
  },
  predict_contrib: { because: byFunction, aliases: ['is_predict_contrib', 'contrib'], idle: [false] },
  predict_disable_shape_check: { because: byFunction, idle: [false] },
  pred_early_stop: { because: byFunction, idle: [false] },
  pred_early_stop_freq: { because: byFunction, idle: [10] },
  pred_early_stop_margin: { because: byFunction, idle: [10] },
  output_result: {
    because: byFunction,
    aliases: [
      'predict_result',
      'prediction_result',
      'predict_name',
      'prediction_name',
      'pred_name',
      'name_pred',
    ],
  },
  convert_model: { because: 'models are not turned into code', aliases: ['convert_model_file'] },
  convert_model_language: { because: 'models are not turned into code', idle: [''] },
};

/** Only how LightGBM spends time or memory, or what it prints: taken with any value, and nothing to do. */
export const withoutEffect: Readonly<Record<string, NotHere>> = {
  deterministic: { because: 'results never depend on threads or machines' },
  force_col_wise: { because: 'the trainer has one layout' },
  force_row_wise: { because: 'the trainer has one layout' },
  histogram_pool_size: {
    because: 'histograms are kept for as many leaves as there are',
    aliases: ['hist_pool_size'],
  },
  is_enable_sparse: { because: 'columns are dense', aliases: ['is_sparse', 'enable_sparse', 'sparse'] },
  enable_bundle: { because: 'bundling saves time, and is not done', aliases: ['is_enable_bundle', 'bundle'] },
  feature_pre_filter: { because: 'a feature that cannot be split is never split' },
  pre_partition: { because: oneMachine, aliases: ['is_pre_partition'] },
  two_round: { because: columns, aliases: ['two_round_loading', 'use_two_round_loading'] },
  data_random_seed: { because: 'the rows that bins are found on are a fixed sample', aliases: ['data_seed'] },
  metric_freq: { because: 'every iteration is reported', aliases: ['output_freq'] },
};
