import type { PlanExpression } from './expression.ts';

/** The expressions right below one, in the order they are written. */
export function childrenOf(expression: PlanExpression): readonly PlanExpression[] {
  switch (expression.kind) {
    case 'ref':
    case 'constant':
      return [];
    case 'cast':
    case 'unnest':
      return [expression.child];
    case 'function':
    case 'conjunction':
    case 'operator':
    case 'opaque':
      return expression.children;
    case 'comparison':
      return [expression.left, expression.right];
    case 'between':
      return [expression.input, expression.lower, expression.upper];
    case 'case':
      return [...expression.branches.flatMap(({ when, result }) => [when, result]), expression.otherwise];
  }
}
