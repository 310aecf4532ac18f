import type { ModelObjective } from '../../format/model.ts';
import type { Params } from '../params.ts';
import type { Magnitudes } from '../quantise.ts';

/** A loss: where scores start and which way they should move. Scores are row-major rows x classes. */
export interface TrainingObjective {
  readonly classes: number;
  readonly model: ModelObjective;
  /** Starting score per class. */
  readonly init: readonly number[];
  /** False for a class that no tree can improve (absent, or the only one). */
  readonly trainable: readonly boolean[];
  /** Writes the gradient and hessian of every row for one class; single precision, as LightGBM's are. */
  gradients(scores: Float64Array, classIndex: number, gradient: Float32Array, hessian: Float32Array): void;
  /** Bounds that hold for any scores, where the loss has them; null: measure. */
  bounds(rows: Uint32Array | null): Magnitudes | null;
  /** Present for the binary loss: what a kernel needs to compute its gradients itself. */
  readonly logistic?: Logistic;
  /**
   * Present for losses whose second derivative says nothing (absolute errors): the best value of a leaf that holds these
   * rows, asked for once its tree has grown.
   */
  readonly leafValue?: (rows: Uint32Array, scores: Float64Array) => number;
}

/** gradient = sigmoid x (p - y) x factor, hessian = sigmoid^2 x p x (1 - p) x factor, p = 1 / (1 + exp(-sigmoid x score)). */
export interface Logistic {
  readonly sigmoid: number;
  readonly label: Float64Array;
  /** Weight of the row times weight of its class. */
  readonly factor: Float64Array;
}

/** What an objective is made from. */
export interface Target {
  readonly label: Float64Array;
  readonly weight: Float64Array | undefined;
}

export type ObjectiveMaker = (target: Target, params: Params) => TrainingObjective;

/** Probabilities that scores start from are kept this far from 0 and 1. */
export const smallest = 1e-15;

/** A loss of one score a row, by its derivatives. */
export function rowLoss(
  { label, weight }: Target,
  loss: {
    readonly model: ModelObjective;
    readonly init: number;
    readonly gradient: (score: number, label: number) => number;
    readonly hessian: (score: number, label: number) => number;
    readonly leafValue?: TrainingObjective['leafValue'];
  },
): TrainingObjective {
  const { model, init, leafValue } = loss;
  return {
    classes: 1,
    model,
    init: [init],
    trainable: [true],
    gradients(scores, _class, gradient, hessian) {
      for (let row = 0; row < label.length; row++) {
        const w = weight === undefined ? 1 : weight[row]!;
        gradient[row] = loss.gradient(scores[row]!, label[row]!) * w;
        hessian[row] = loss.hessian(scores[row]!, label[row]!) * w;
      }
    },
    bounds: () => null,
    leafValue,
  };
}

/** Weighted mean of the labels. */
export function meanLabel({ label, weight }: Target): number {
  let sum = 0;
  let total = 0;
  for (let row = 0; row < label.length; row++) {
    const w = weight?.[row] ?? 1;
    sum += label[row]! * w;
    total += w;
  }
  return sum / total;
}
