import { childrenOf, type PlanExpression } from '../../sql/index.ts';

/** Keys of the table columns that a value is made from. */
export type Origins = ReadonlySet<string>;

export const nothing: Origins = new Set();

/** The origins of an expression, given those of the columns that it reads. */
export function originsOf(expression: PlanExpression, input: readonly Origins[]): Origins {
  if (expression.kind === 'ref') return input[expression.index] ?? nothing;
  return united(childrenOf(expression).map((child) => originsOf(child, input)));
}

export function united(all: readonly Origins[]): Origins {
  const [first, ...rest] = all.filter((origins) => origins.size > 0);
  if (first === undefined) return nothing;
  return rest.length === 0 ? first : new Set([first, ...rest].flatMap((origins) => [...origins]));
}
