import type { MetricName } from './params.ts';

/** LightGBM's other names of metrics, objectives and boosters. */

export const metricAliases: Readonly<Record<string, MetricName>> = {
  logloss: 'binary_logloss',
  binary: 'binary_logloss',
  log_loss: 'binary_logloss',
  ap: 'average_precision',
  mae: 'l1',
  mean_absolute_error: 'l1',
  regression_l1: 'l1',
  xentropy: 'cross_entropy',
  mean_absolute_percentage_error: 'mape',
  mse: 'l2',
  mean_squared_error: 'l2',
  regression: 'l2',
  regression_l2: 'l2',
  root_mean_squared_error: 'rmse',
  l2_root: 'rmse',
  multiclass: 'multi_logloss',
  softmax: 'multi_logloss',
  multiclassova: 'multi_logloss',
  multiclass_ova: 'multi_logloss',
  ova: 'multi_logloss',
  ovr: 'multi_logloss',
};

export const wordAliases: Readonly<Record<string, string>> = {
  gbrt: 'gbdt',
  bagging: 'gbdt',
  regression_l2: 'regression',
  l2: 'regression',
  mean_squared_error: 'regression',
  mse: 'regression',
  l2_root: 'regression',
  root_mean_squared_error: 'regression',
  rmse: 'regression',
  l1: 'regression_l1',
  mae: 'regression_l1',
  mean_absolute_error: 'regression_l1',
  mean_absolute_percentage_error: 'mape',
  xentropy: 'cross_entropy',
  softmax: 'multiclass',
  multiclass_ova: 'multiclassova',
  ova: 'multiclassova',
  ovr: 'multiclassova',
};
