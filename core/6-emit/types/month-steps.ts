import type { Expression } from '../../sql/index.ts';

/** Units whose steps depend on the day they start from. */
export const monthlyUnits: ReadonlySet<string> = new Set(['month', 'quarter', 'year']);

/**
 * True when a series surely starts on a day that every month has. DuckDB steps months from the value before, other
 * engines from the start: after the 28th their days drift apart.
 */
export function startsEarly(start: Expression): boolean {
  if (start.kind === 'cast') return startsEarly(start.operand);
  if (start.kind === 'literal')
    return Number(/^\d{4}-\d\d-(\d\d)/.exec(String(start.value))?.[1] ?? 31) <= 28;
  const unit = start.kind === 'call' && start.name === 'date_trunc' ? start.args[0] : undefined;
  return unit?.kind === 'literal' && monthlyUnits.has(String(unit.value));
}
