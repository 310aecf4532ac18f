import type { Dataset } from '../dataset/dataset.ts';
import { MlError } from '../error.ts';
import type { ModelObjective } from '../format/model.ts';
import { exp } from '../numeric/exp.ts';
import type { Params } from './params.ts';
import type { Magnitudes } from './quantise.ts';

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
}

/** gradient = sigmoid x (p - y) x factor, hessian = sigmoid^2 x p x (1 - p) x factor, p = 1 / (1 + exp(-sigmoid x score)). */
export interface Logistic {
  readonly sigmoid: number;
  readonly label: Float64Array;
  /** Weight of the row times weight of its class. */
  readonly factor: Float64Array;
}

/** The objective of the parameters on this data. Throws CH806 when labels do not fit it. */
export function trainingObjective(data: Dataset, params: Params): TrainingObjective {
  const label = data.label;
  if (label === undefined) throw new MlError('CH806', 'Training needs labels and the data set has none.');
  if (params.objective === 'regression') return regression(label, data.weight, params);
  if (params.objective === 'multiclass') return multiclass(label, weights(data, params), params);
  return binary(label, data.weight, params);
}

const f = Math.fround;
const smallest = 1e-15;

function regression(
  label: Float64Array,
  weight: Float64Array | undefined,
  params: Params,
): TrainingObjective {
  let sum = 0;
  let total = 0;
  for (let row = 0; row < label.length; row++) {
    if (!Number.isFinite(label[row]!)) {
      throw new MlError('CH806', `A label is ${label[row]}.`, 'Regression takes finite numbers.');
    }
    const w = weight?.[row] ?? 1;
    sum += label[row]! * w;
    total += w;
  }
  return {
    classes: 1,
    model: { text: 'regression', link: 'identity', sigmoid: 1, classes: 1 },
    init: [params.boost_from_average ? sum / total : 0],
    trainable: [true],
    gradients(scores, _class, gradient, hessian) {
      for (let row = 0; row < label.length; row++) {
        const w = weight === undefined ? 1 : weight[row]!;
        gradient[row] = (scores[row]! - label[row]!) * w;
        hessian[row] = w;
      }
    },
    bounds: () => null,
  };
}

function binary(label: Float64Array, weight: Float64Array | undefined, params: Params): TrainingObjective {
  let positives = 0;
  let positiveWeight = 0;
  let total = 0;
  for (let row = 0; row < label.length; row++) {
    const y = label[row]!;
    if (y !== 0 && y !== 1) {
      throw new MlError(
        'CH806',
        `A label is ${y}; objective binary takes 0 and 1.`,
        'Encode the label as 0 and 1.',
      );
    }
    const w = weight?.[row] ?? 1;
    positives += y;
    positiveWeight += y * w;
    total += w;
  }
  const [negativeFactor, positiveFactor] = classFactors(positives, label.length - positives, params);
  const average = Math.min(1 - smallest, Math.max(smallest, positiveWeight / total));
  const { sigmoid } = params;
  const both = positives > 0 && positives < label.length;
  const factor = label.map(
    (y, row) => (y === 1 ? positiveFactor : negativeFactor) * (weight === undefined ? 1 : weight[row]!),
  );
  return {
    classes: 1,
    model: { text: `binary sigmoid:${sigmoid}`, link: 'sigmoid', sigmoid, classes: 1 },
    init: [params.boost_from_average ? Math.log(average / (1 - average)) / sigmoid : 0],
    trainable: [both],
    gradients(scores, _class, gradient, hessian) {
      // Every operation in single precision: the kernel's gradients, bit for bit.
      const s = f(sigmoid);
      const s2 = f(s * s);
      for (let row = 0; row < label.length; row++) {
        const p = f(1 / f(1 + exp(f(-s * f(scores[row]!)))));
        const w = f(factor[row]!);
        gradient[row] = f(f(s * f(p - label[row]!)) * w);
        hessian[row] = f(f(s2 * f(p * f(1 - p))) * w);
      }
    },
    bounds: (rows) => boundsOf(factor, rows, sigmoid, (sigmoid * sigmoid) / 4),
    logistic: { sigmoid, label, factor },
  };
}

/** Bounds of a loss whose gradients are at most `gradient` and hessians at most `hessian`, times the row's factor. */
function boundsOf(
  factor: Float64Array,
  rows: Uint32Array | null,
  gradient: number,
  hessian: number,
): Magnitudes {
  let sum = 0;
  let max = 0;
  const count = rows?.length ?? factor.length;
  for (let i = 0; i < count; i++) {
    const f = factor[rows === null ? i : rows[i]!]!;
    sum += f;
    if (f > max) max = f;
  }
  return {
    sumGradient: sum * gradient,
    sumHessian: sum * hessian,
    maxGradient: max * gradient,
    maxHessian: max * hessian,
    rows: count,
  };
}

/** What a negative and a positive row weigh. */
function classFactors(positives: number, negatives: number, params: Params): [number, number] {
  if (params.class_weight === 'balanced' && positives > 0 && negatives > 0) {
    const rows = positives + negatives;
    return [rows / (2 * negatives), rows / (2 * positives)];
  }
  let negative = 1;
  let positive = 1;
  if (params.is_unbalance && positives > 0 && negatives > 0) {
    if (positives > negatives) negative = positives / negatives;
    else positive = negatives / positives;
  }
  return [negative, positive * params.scale_pos_weight];
}

function multiclass(
  label: Float64Array,
  weight: Float64Array | undefined,
  params: Params,
): TrainingObjective {
  const classes = params.num_class;
  const share = new Float64Array(classes);
  let total = 0;
  for (let row = 0; row < label.length; row++) {
    const y = label[row]!;
    if (!Number.isInteger(y) || y < 0 || y >= classes) {
      throw new MlError(
        'CH806',
        `A label is ${y}; with num_class ${classes} it must be 0 to ${classes - 1}.`,
      );
    }
    share[y]! += weight?.[row] ?? 1;
    total += weight?.[row] ?? 1;
  }
  const factor = classes / (classes - 1);
  const trainable = Array.from(share, (s) => s / total > smallest && s / total < 1 - smallest);
  return {
    classes,
    model: { text: `multiclass num_class:${classes}`, link: 'softmax', sigmoid: 1, classes },
    init: Array.from(share, (s) => (params.boost_from_average ? Math.log(Math.max(smallest, s / total)) : 0)),
    trainable,
    gradients(scores, k, gradient, hessian) {
      for (let row = 0; row < label.length; row++) {
        const base = row * classes;
        let max = -Infinity;
        for (let c = 0; c < classes; c++) max = Math.max(max, scores[base + c]!);
        let sum = 0;
        for (let c = 0; c < classes; c++) sum += Math.exp(scores[base + c]! - max);
        const p = Math.exp(scores[base + k]! - max) / sum;
        const w = weight === undefined ? 1 : weight[row]!;
        gradient[row] = (p - (label[row] === k ? 1 : 0)) * w;
        hessian[row] = factor * p * (1 - p) * w;
      }
    },
    bounds: () => null,
  };
}

/** Row weights with class_weight folded in, for multiclass. */
function weights(data: Dataset, params: Params): Float64Array | undefined {
  if (params.class_weight !== 'balanced' || data.label === undefined) return data.weight;
  const label = data.label;
  const counts = new Map<number, number>();
  for (const y of label) counts.set(y, (counts.get(y) ?? 0) + 1);
  return label.map((y, row) => (data.weight?.[row] ?? 1) * (data.rows / (counts.size * counts.get(y)!)));
}
