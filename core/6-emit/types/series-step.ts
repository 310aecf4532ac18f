import type { Expression } from '../../sql/index.ts';

/** A series' step when it is a constant integer: on which side the end lies depends on its sign. */
export function constantStep(step: Expression): number | undefined {
  const negated = step.kind === 'call' && step.name === '-' && step.args.length === 1;
  const literal = negated ? step.args[0] : step;
  const number = literal?.kind === 'literal' && literal.value !== null ? Number(literal.value) : Number.NaN;
  if (!Number.isInteger(number) || number === 0) return undefined;
  return negated ? -number : number;
}
