import type { PlanExpression } from '../../sql/index.ts';

/** The expression with its column references renumbered. */
export function mapReferences(expression: PlanExpression, map: (index: number) => number): PlanExpression {
  const down = (child: PlanExpression): PlanExpression => mapReferences(child, map);
  switch (expression.kind) {
    case 'ref':
      return { ...expression, index: map(expression.index) };
    case 'constant':
      return expression;
    case 'cast':
    case 'unnest':
      return { ...expression, child: down(expression.child) };
    case 'function':
    case 'conjunction':
    case 'operator':
    case 'opaque':
      return { ...expression, children: expression.children.map(down) };
    case 'comparison':
      return { ...expression, left: down(expression.left), right: down(expression.right) };
    case 'between':
      return {
        ...expression,
        input: down(expression.input),
        lower: down(expression.lower),
        upper: down(expression.upper),
      };
    case 'case':
      return {
        ...expression,
        branches: expression.branches.map(({ when, result }) => ({ when: down(when), result: down(result) })),
        otherwise: down(expression.otherwise),
      };
  }
}
