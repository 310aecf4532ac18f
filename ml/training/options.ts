import type { Dataset } from '../dataset/dataset.ts';
import type { Model } from '../format/model.ts';
import type { Params } from './params.ts';

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

/** Writes gradient and hessian of each raw score (row-major rows x classes, like the scores) into the given arrays. */
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
  /** Called after every iteration. */
  readonly onIteration?: (event: IterationEvent) => void;
  readonly signal?: AbortSignal;
  /** Continue from this model's trees. */
  readonly initModel?: Model;
  readonly customObjective?: CustomObjective;
  readonly customMetrics?: readonly CustomMetric[];
  /** `plain`: without the WebAssembly kernels. The model is the same, to the last bit; only slower. */
  readonly engine?: 'kernels' | 'plain';
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
