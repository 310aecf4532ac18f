import type { Expression } from '../../sql/index.ts';

/** A constant whole number; a minus sign may stand before it. */
export function wholeNumber(expression: Expression): number | undefined {
  if (expression.kind === 'literal' && typeof expression.value === 'number') return expression.value;
  const negated = expression.kind === 'call' && expression.name === '-' && expression.args.length === 1;
  const positive = negated && expression.args[0] ? wholeNumber(expression.args[0]) : undefined;
  return positive === undefined ? undefined : -positive;
}

/** A constant whole number, as it is written. */
export function integer(value: number): Expression & { readonly kind: 'literal' } {
  return { kind: 'literal', type: { kind: 'plain', name: 'INTEGER' }, value };
}
