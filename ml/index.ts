/**
 * Gradient-boosted trees and exact SHAP in TypeScript, compatible with LightGBM. Typed columns in; model, scores
 * and explanations out. Needs Node and nothing else.
 *
 * @example
 * import { readModel, shapValues, train, writeModel } from 'churn/ml';
 * const { model } = await train(data, { objective: 'binary', num_leaves: 31 });
 * const text = writeModel(model); // LightGBM loads it
 * const { values, expected } = await shapValues(readModel(text), data);
 */

export type {
  CategoricalColumn,
  Dataset,
  FeatureColumn,
  GroupColumn,
  NumericColumn,
  NumericValues,
} from './dataset/dataset.ts';
export { type MlCode, MlError } from './error.ts';
export type { LinearLeaves, Model, ModelObjective, Tree } from './format/model.ts';
export type { MetricName, Objective, Params, TrainParams } from './training/params.ts';

import type { Dataset } from './dataset/dataset.ts';
import type { Model } from './format/model.ts';
import type { Params, TrainParams } from './training/params.ts';

// ---- data set

/** Throws CH805..CH807 when lengths differ, names repeat or values are impossible. */
export declare function checkDataset(data: Dataset): void;
/** The given rows, in the given order, of every column. */
export declare function selectRows(data: Dataset, rows: Uint32Array): Dataset;
/** The data set with only these features, in this order. */
export declare function selectFeatures(data: Dataset, names: readonly string[]): Dataset;
/** SHA-256 (hex) of names, kinds, values, labels and weights: what a run records as its data. */
export declare function fingerprint(data: Dataset): string;
/** Strings to codes, in order of first appearance; null is missing. */
export declare function encodeCategories(
  name: string,
  values: ArrayLike<string | null | undefined>,
): import('./dataset/dataset.ts').CategoricalColumn;

// ---- training

export interface ValidationSet {
  readonly name: string;
  readonly data: Dataset;
}

export interface IterationEvent {
  /** 1-based. */
  readonly iteration: number;
  readonly of: number;
  /** Latest value of each set and metric. */
  readonly metrics: readonly { readonly set: string; readonly metric: string; readonly value: number }[];
}

/** Gradient and hessian of each raw score, written into the given arrays. */
export type CustomObjective = (
  scores: Float64Array,
  data: Dataset,
  gradient: Float64Array,
  hessian: Float64Array,
) => void;

export interface CustomMetric {
  readonly name: string;
  readonly higherIsBetter: boolean;
  readonly evaluate: (predictions: Float64Array, data: Dataset) => number;
}

export interface TrainOptions {
  readonly validation?: readonly ValidationSet[];
  /** Also report metrics on the training data, as set `training`. */
  readonly evaluateTraining?: boolean;
  /** Called after every iteration; may be async. */
  readonly onIteration?: (event: IterationEvent) => void;
  readonly signal?: AbortSignal;
  /** Continue from this model's trees. */
  readonly initModel?: Model;
  readonly customObjective?: CustomObjective;
  readonly customMetrics?: readonly CustomMetric[];
}

export interface MetricHistory {
  readonly set: string;
  readonly metric: string;
  readonly higherIsBetter: boolean;
  /** One value per iteration. */
  readonly values: readonly number[];
}

export interface TrainResult {
  readonly model: Model;
  /** The parameters in force, aliases and defaults resolved. */
  readonly params: Params;
  readonly history: readonly MetricHistory[];
  /** Iterations kept: the best one's number under early stopping, else all of them. */
  readonly bestIteration: number;
  readonly seconds: number;
}

/** Canonical names, defaults filled in; throws CH801..CH804. */
export declare function resolveParams(params: TrainParams): Params;
/** Trains a model. Deterministic by seed, identical for any number of threads. Throws MlError. */
export declare function train(
  data: Dataset,
  params?: TrainParams,
  options?: TrainOptions,
): Promise<TrainResult>;
/** New leaf values on new data, structure kept; decay_rate as in LightGBM. */
export declare function refit(
  model: Model,
  data: Dataset,
  options?: { readonly decayRate?: number; readonly params?: TrainParams },
): Promise<Model>;

// ---- model text

/** LightGBM text model, version 4. */
export declare function writeModel(model: Model): string;
/** Reads LightGBM's text (v3, v4). Throws CH809. */
export declare function readModel(text: string): Model;

// ---- prediction

export interface PredictOptions {
  /** Use the first n iterations only. */
  readonly iterations?: number;
  readonly threads?: number;
}
/** Columns by the model's names, categories by its dictionaries; extra columns are ignored. Throws CH808. */
/** Raw scores (log-odds for binary): rows x classes, row-major. */
export declare function predictRaw(
  model: Model,
  data: Dataset,
  options?: PredictOptions,
): Promise<Float64Array>;
/** Probabilities or values: rows x classes, row-major (binary: the positive class only, one per row). */
export declare function predict(model: Model, data: Dataset, options?: PredictOptions): Promise<Float64Array>;

// ---- explanation

/** The space SHAP values add up in: raw scores (log-odds) or probabilities. */
export type ShapSpace = 'raw' | 'probability';

export interface ShapValues {
  readonly rows: number;
  readonly classes: number;
  readonly featureNames: readonly string[];
  /** Row-major rows x classes x features. */
  readonly values: Float64Array;
  /** Expected raw score per class: expected + sum of a row's values = its raw score. */
  readonly expected: Float64Array;
  readonly space: ShapSpace;
  readonly method: 'path-dependent' | 'interventional';
}

export interface ShapOptions extends PredictOptions {
  /** With a background: interventional SHAP against these rows. */
  readonly background?: Dataset;
  /** Probability space needs a background. */
  readonly space?: ShapSpace;
}

export declare function shapValues(model: Model, data: Dataset, options?: ShapOptions): Promise<ShapValues>;

export interface ShapInteractions {
  readonly rows: number;
  readonly featureNames: readonly string[];
  /** Row-major rows x features x features; a row's matrix sums to its raw score minus expected. */
  readonly values: Float64Array;
  readonly expected: number;
}
/** Binary and regression models. */
export declare function shapInteractions(model: Model, data: Dataset): Promise<ShapInteractions>;

export interface FeatureImportance {
  readonly feature: string;
  /** Mean absolute SHAP value, gain and number of splits. */
  readonly meanAbsShap: number;
  readonly gain: number;
  readonly splits: number;
}
/** Sorted by mean absolute SHAP, then gain. */
export declare function featureImportance(model: Model, shap?: ShapValues): readonly FeatureImportance[];

export interface Driver {
  readonly feature: string;
  readonly contribution: number;
  /** The row's value: a number, a category, or null when missing. */
  readonly value: number | string | null;
}
/** The k features that move a row's score most, by absolute contribution (or upwards only). */
export declare function topDrivers(
  shap: ShapValues,
  data: Dataset,
  row: number,
  k: number,
  options?: { readonly direction?: 'both' | 'up'; readonly classIndex?: number },
): readonly Driver[];

// ---- metrics; labels 0/1, scores any monotone of the probability unless stated

export declare function averagePrecision(
  labels: Float64Array,
  scores: Float64Array,
  weights?: Float64Array,
): number;
export declare function rocAuc(labels: Float64Array, scores: Float64Array, weights?: Float64Array): number;
/** Scores are probabilities. */
export declare function logLoss(labels: Float64Array, scores: Float64Array, weights?: Float64Array): number;
/** Scores are probabilities. */
export declare function brierScore(
  labels: Float64Array,
  scores: Float64Array,
  weights?: Float64Array,
): number;
/** Precision among the top `fraction` (0.1 = top 10 %), ties broken by expectation. */
export declare function precisionAt(labels: Float64Array, scores: Float64Array, fraction: number): number;
export declare function recallAt(labels: Float64Array, scores: Float64Array, fraction: number): number;
export declare function liftAt(labels: Float64Array, scores: Float64Array, fraction: number): number;

/** A metric with its bootstrap interval; NaN where it is undefined (one class). */
export interface Interval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export interface BinaryMetrics {
  readonly rows: number;
  readonly positives: number;
  readonly averagePrecision: Interval;
  readonly rocAuc: Interval;
  readonly logLoss: Interval;
  readonly brier: Interval;
  readonly precisionAt10: Interval;
  readonly recallAt10: Interval;
  readonly liftAt10: Interval;
  /** Median days from prediction to event among positives in the top 10 %; absent without event times. */
  readonly leadTimeDays?: Interval;
}

export interface GroupMetrics {
  readonly group: string;
  readonly value: string;
  readonly metrics: BinaryMetrics;
}

export interface Evaluation {
  readonly overall: BinaryMetrics;
  readonly groups: readonly GroupMetrics[];
}

export interface EvaluateOptions {
  /** Bootstrap resamples; 0 for none (low = high = value). Default 200. */
  readonly bootstrap?: number;
  /** Coverage of the intervals, default 0.95. */
  readonly confidence?: number;
  readonly seed?: number;
}
/** All metrics over the data set's labels, and per value of each of its groups. `scores` are probabilities. */
export declare function evaluate(data: Dataset, scores: Float64Array, options?: EvaluateOptions): Evaluation;

export interface CurvePoint {
  readonly x: number;
  readonly y: number;
}
/** recall -> precision */
export declare function precisionRecallCurve(
  labels: Float64Array,
  scores: Float64Array,
): readonly CurvePoint[];
/** false positive rate -> true positive rate */
export declare function rocCurve(labels: Float64Array, scores: Float64Array): readonly CurvePoint[];
export interface CalibrationBin {
  readonly meanPredicted: number;
  readonly observed: number;
  readonly rows: number;
}
/** Equal-count bins of the predicted probability. */
export declare function calibrationCurve(
  labels: Float64Array,
  probabilities: Float64Array,
  bins?: number,
): readonly CalibrationBin[];
/** fraction contacted -> fraction of positives reached */
export declare function gainCurve(labels: Float64Array, scores: Float64Array): readonly CurvePoint[];
/** fraction contacted -> lift */
export declare function liftCurve(labels: Float64Array, scores: Float64Array): readonly CurvePoint[];

// ---- validation in time

export interface Fold {
  /** `fold 1` ..., or `final`. */
  readonly name: string;
  readonly train: Uint32Array;
  readonly test: Uint32Array;
  /** Rows before the test period whose label was not yet known at its first prediction time. */
  readonly purged: number;
  readonly trainFrom: number;
  readonly trainUntil: number;
  readonly testFrom: number;
  readonly testUntil: number;
}

export interface FoldOptions {
  /** Expanding folds with one test period each; default 6. */
  readonly folds?: number;
  /** Distinct prediction times held out for the final evaluation; default 3. */
  readonly finalPeriods?: number;
}

export interface FoldPlan {
  readonly folds: readonly Fold[];
  readonly final: Fold;
}
/**
 * Purged expanding window over the distinct prediction times. Needs predictionTime and labelKnownAt.
 * Throws CH811 when there are too few periods or a purge leaves nothing to learn from.
 */
export declare function purgedFolds(data: Dataset, options?: FoldOptions): FoldPlan;

export interface FoldResult {
  readonly fold: Fold;
  readonly evaluation: Evaluation;
  readonly bestIteration: number;
  /** Probabilities of the fold's test rows, in the order of `fold.test`. */
  readonly scores: Float64Array;
  readonly model: Model;
  readonly seconds: number;
}

export interface CrossValidation {
  readonly folds: readonly FoldResult[];
  /** Over folds, by metric name (`averagePrecision`, `rocAuc`, `brier`, ...). */
  readonly summary: readonly { readonly metric: string; readonly mean: number; readonly std: number }[];
  /** Median of the folds' best iterations. */
  readonly bestIteration: number;
}

export interface CrossValidateOptions extends EvaluateOptions {
  readonly signal?: AbortSignal;
  readonly onFold?: (result: FoldResult, index: number, of: number) => void;
  readonly onIteration?: (event: IterationEvent, fold: Fold) => void;
}
/**
 * Trains and evaluates each fold. With early stopping, the validation set is the last training period of the
 * fold, itself purged; the fold's test rows are never looked at. The model is then refitted on all its training rows.
 */
export declare function crossValidate(
  data: Dataset,
  params: TrainParams,
  folds: readonly Fold[],
  options?: CrossValidateOptions,
): Promise<CrossValidation>;
/** One fold as `crossValidate` runs it: the final model is `trainFold(data, params, plan.final)`. */
export declare function trainFold(
  data: Dataset,
  params: TrainParams,
  fold: Fold,
  options?: CrossValidateOptions,
): Promise<FoldResult>;

// ---- decisions

export interface CostModel {
  /** Value kept when an intervention saves a customer who would have left. */
  readonly valueSaved: number;
  readonly interventionCost: number;
  /** Share of contacted leavers who stay; default 0.3. */
  readonly saveRate?: number;
}
export interface CostThreshold {
  /** Contact when probability >= threshold. */
  readonly threshold: number;
  readonly contacted: number;
  /** Net value over the given rows at the threshold. */
  readonly netValue: number;
  /** fraction contacted -> net value */
  readonly curve: readonly CurvePoint[];
}
/** `values`, per row, overrides `valueSaved` (for example by tier). */
export declare function thresholdByCost(
  labels: Float64Array,
  probabilities: Float64Array,
  costs: CostModel,
  values?: Float64Array,
): CostThreshold;

/** A calibration map, plain JSON, kept beside the model and never inside its trees. */
export type Calibration =
  | { readonly method: 'isotonic'; readonly x: readonly number[]; readonly y: readonly number[] }
  | { readonly method: 'platt'; readonly a: number; readonly b: number };
/** Learns probability -> probability on held-out rows. Throws CH813. */
export declare function calibrate(
  method: Calibration['method'],
  probabilities: Float64Array,
  labels: Float64Array,
  weights?: Float64Array,
): Calibration;
export declare function applyCalibration(calibration: Calibration, probabilities: Float64Array): Float64Array;

export interface FeatureSelection {
  readonly kept: readonly string[];
  readonly dropped: readonly { readonly feature: string; readonly meanAbsShap: number }[];
}
/** Keeps the features whose mean |SHAP| reaches `threshold` (share of the total) or beats a shuffled copy of noise. */
export declare function selectByShap(
  data: Dataset,
  params: TrainParams,
  options?: {
    readonly keep?: number;
    readonly minShare?: number;
    readonly noiseProbes?: number;
    readonly seed?: number;
  },
): Promise<FeatureSelection>;

/** One row's explanation, the input of waterfall and force plots. */
export interface Explanation {
  /** Expected score and the row's score, in the space named. */
  readonly expected: number;
  readonly score: number;
  readonly space: ShapSpace;
  /** Every feature, by falling absolute contribution. */
  readonly contributions: readonly Driver[];
  readonly title?: string;
}
export declare function explainRow(
  shap: ShapValues,
  data: Dataset,
  row: number,
  options?: { readonly classIndex?: number; readonly title?: string },
): Explanation;

// ---- plots: data -> SVG string (a whole <svg> element, no scripts), and block characters for the terminal

export interface PlotOptions {
  readonly title?: string;
  /** Pixels; text plots: columns. */
  readonly width?: number;
  readonly height?: number;
  readonly maxFeatures?: number;
}
export interface NamedCurve {
  readonly name: string;
  readonly points: readonly CurvePoint[];
}
export interface ImportanceItem {
  readonly feature: string;
  readonly value: number;
}
export interface FoldScore {
  readonly name: string;
  readonly value: number;
  readonly low?: number;
  readonly high?: number;
}
export declare function beeswarmSvg(shap: ShapValues, data: Dataset, options?: PlotOptions): string;
export declare function importanceSvg(items: readonly ImportanceItem[], options?: PlotOptions): string;
export declare function waterfallSvg(explanation: Explanation, options?: PlotOptions): string;
export declare function forceSvg(explanation: Explanation, options?: PlotOptions): string;
/** Feature value against its SHAP value, coloured by a second feature. */
export declare function dependenceSvg(
  shap: ShapValues,
  data: Dataset,
  feature: string,
  options?: PlotOptions & { readonly colorBy?: string },
): string;
export declare function precisionRecallSvg(
  curves: readonly NamedCurve[],
  options?: PlotOptions & { readonly baseRate?: number },
): string;
export declare function rocSvg(curves: readonly NamedCurve[], options?: PlotOptions): string;
export declare function calibrationSvg(
  curves: readonly { readonly name: string; readonly bins: readonly CalibrationBin[] }[],
  options?: PlotOptions,
): string;
export declare function gainSvg(curves: readonly NamedCurve[], options?: PlotOptions): string;
export declare function liftSvg(curves: readonly NamedCurve[], options?: PlotOptions): string;
export declare function foldStabilitySvg(
  folds: readonly FoldScore[],
  options?: PlotOptions & { readonly metric?: string },
): string;

export declare function beeswarmText(shap: ShapValues, data: Dataset, options?: PlotOptions): string;
export declare function importanceText(items: readonly ImportanceItem[], options?: PlotOptions): string;
export declare function waterfallText(explanation: Explanation, options?: PlotOptions): string;
export declare function forceText(explanation: Explanation, options?: PlotOptions): string;
/** Any curve over the unit square or a lift curve. */
export declare function curveText(curve: NamedCurve, options?: PlotOptions): string;
export declare function calibrationText(bins: readonly CalibrationBin[], options?: PlotOptions): string;
export declare function foldStabilityText(folds: readonly FoldScore[], options?: PlotOptions): string;
