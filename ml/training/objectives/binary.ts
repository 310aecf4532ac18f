import { MlError } from '../../error.ts';
import { exp } from '../../numeric/exp.ts';
import type { Params } from '../params.ts';
import type { Magnitudes } from '../quantise.ts';
import { type ObjectiveMaker, smallest } from './objective.ts';

const f = Math.fround;

/** Log loss of labels 0 and 1. */
export const binary: ObjectiveMaker = ({ label, weight }, params) => {
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
};

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
