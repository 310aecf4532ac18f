import type { Dataset } from '../dataset/dataset.ts';
import type { TrainingObjective } from './objective.ts';
import type { CustomObjective } from './options.ts';

/** Gradients of the current scores, class by class. */
export interface GradientSource {
  /** Once an iteration, before any class: classes of an iteration see the same scores, as in LightGBM. */
  update(scores: Float64Array): void;
  /** Writes one class's gradient and hessian. */
  write(classIndex: number, gradient: Float32Array, hessian: Float32Array): void;
}

/** From the objective, or from a loss of the caller's own. */
export function gradientSource(
  data: Dataset,
  objective: TrainingObjective,
  custom: CustomObjective | undefined,
): GradientSource {
  const { classes } = objective;
  if (custom === undefined) {
    let before: Float64Array = new Float64Array(0);
    return {
      update(scores) {
        before = classes === 1 ? scores : scores.slice();
      },
      write: (k, gradient, hessian) => objective.gradients(before, k, gradient, hessian),
    };
  }
  const gradients = new Float64Array(data.rows * classes);
  const hessians = new Float64Array(data.rows * classes);
  return {
    update: (scores) => custom(scores.slice(), data, gradients, hessians),
    write(k, gradient, hessian) {
      for (let row = 0; row < data.rows; row++) {
        gradient[row] = gradients[row * classes + k]!;
        hessian[row] = hessians[row * classes + k]!;
      }
    },
  };
}
