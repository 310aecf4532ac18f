import { MlError } from '../../error.ts';
import type { Params } from '../params.ts';
import { type ObjectiveMaker, smallest, type Target } from './objective.ts';

/** Log loss of classes 0 to num_class - 1, probabilities by softmax. */
export const multiclass: ObjectiveMaker = (target, params) => {
  const { label } = target;
  const weight = classWeights(target, params);
  const classes = params.num_class;
  const share = new Float64Array(classes);
  let total = 0;
  checkClasses(label, classes);
  for (let row = 0; row < label.length; row++) {
    share[label[row]!]! += weight?.[row] ?? 1;
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
};

/** @throws MlError CH806 */
export function checkClasses(label: Float64Array, classes: number): void {
  const wrong = label.find((y) => !Number.isInteger(y) || y < 0 || y >= classes);
  if (wrong === undefined) return;
  throw new MlError(
    'CH806',
    `A label is ${wrong}; with num_class ${classes} it must be 0 to ${classes - 1}.`,
  );
}

/** Row weights with class_weight folded in. */
function classWeights({ label, weight }: Target, params: Params): Float64Array | undefined {
  if (params.class_weight !== 'balanced') return weight;
  const counts = new Map<number, number>();
  for (const y of label) counts.set(y, (counts.get(y) ?? 0) + 1);
  return label.map((y, row) => (weight?.[row] ?? 1) * (label.length / (counts.size * counts.get(y)!)));
}
