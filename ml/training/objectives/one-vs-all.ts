import { binary } from './binary.ts';
import { checkClasses } from './multiclass.ts';
import type { ObjectiveMaker } from './objective.ts';

/** One binary loss a class: it, or any other. Probabilities do not add up to 1. */
export const oneVsAll: ObjectiveMaker = ({ label, weight }, params) => {
  const classes = params.num_class;
  checkClasses(label, classes);
  const each = Array.from({ length: classes }, (_, k) =>
    binary({ label: label.map((y) => (y === k ? 1 : 0)), weight }, params),
  );
  const own = new Float64Array(label.length);
  return {
    classes,
    model: {
      text: `multiclassova num_class:${classes} sigmoid:${params.sigmoid}`,
      link: 'sigmoid',
      sigmoid: params.sigmoid,
      classes,
    },
    init: each.map(({ init }) => init[0]!),
    trainable: each.map(({ trainable }) => trainable[0]!),
    gradients(scores, k, gradient, hessian) {
      for (let row = 0; row < own.length; row++) own[row] = scores[row * classes + k]!;
      each[k]!.gradients(own, 0, gradient, hessian);
    },
    bounds: () => null,
  };
};
