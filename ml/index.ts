/**
 * Gradient-boosted trees and exact SHAP in TypeScript, compatible with LightGBM. Typed columns in; model, scores
 * and explanations out. Needs Node and nothing else.
 *
 * @example
 * import { explain, readModel, train, writeModel } from 'churn/ml';
 * const { model } = await train(data, { objective: 'binary', num_leaves: 31 });
 * const text = writeModel(model); // LightGBM loads it
 * const { predictions, drivers } = await explain(readModel(text), data);
 */

export { applyCalibration, type Calibration, calibrate } from './calibration/calibration.ts';
export { type CostModel, type CostThreshold, thresholdByCost } from './calibration/threshold.ts';
export { checkDataset } from './dataset/check.ts';
export type {
  CategoricalColumn,
  Dataset,
  FeatureColumn,
  GroupColumn,
  NumericColumn,
  NumericValues,
} from './dataset/dataset.ts';
export { encodeCategories } from './dataset/encode.ts';
export { fingerprint } from './dataset/fingerprint.ts';
export { selectFeatures, selectRows } from './dataset/select.ts';
export { type MlCode, MlError } from './error.ts';
export type { LinearLeaves, Model, ModelObjective, Tree } from './format/model.ts';
export { readModel } from './format/read.ts';
export { writeModel } from './format/write.ts';
export {
  type CalibrationBin,
  type CurvePoint,
  calibrationCurve,
  gainCurve,
  liftCurve,
  precisionRecallCurve,
  rocCurve,
} from './metrics/curves.ts';
export {
  type BinaryMetrics,
  type EvaluateOptions,
  type Evaluation,
  evaluate,
  type GroupMetrics,
  type Interval,
} from './metrics/evaluate.ts';
export { leadTimeDays } from './metrics/lead-time.ts';
export { brierScore, logLoss } from './metrics/probability.ts';
export { averagePrecision, liftAt, precisionAt, recallAt, rocAuc } from './metrics/ranking.ts';
export * from './plots/index.ts';
export { type PredictOptions, predict, predictRaw } from './predicting/predict.ts';
export {
  cellValue,
  type Driver,
  type DriverOptions,
  driverRanking,
  type Explanation,
  explainRow,
  topDrivers,
} from './shap/drivers.ts';
export { type Explained, explain } from './shap/explain.ts';
export { type FeatureImportance, featureImportance } from './shap/importance.ts';
export { type ShapInteractions, shapInteractions } from './shap/interactions.ts';
export { type FeatureSelection, type SelectionOptions, selectByShap } from './shap/select-by-shap.ts';
export { type ShapOptions, type ShapSpace, type ShapValues, shapValues } from './shap/shap-values.ts';
export type {
  CustomMetric,
  CustomObjective,
  IterationEvent,
  MetricHistory,
  TrainOptions,
  TrainResult,
  ValidationSet,
} from './training/options.ts';
export type { MetricName, Objective, Params, TrainParams } from './training/params.ts';
export { refit } from './training/refit.ts';
export { resolveParams } from './training/resolve.ts';
export { train } from './training/train.ts';
export {
  type CrossValidateOptions,
  type CrossValidation,
  crossValidate,
  type FoldResult,
  trainFold,
} from './validation/cross-validate.ts';
export { type Fold, type FoldOptions, type FoldPlan, purgedFolds } from './validation/folds.ts';
