import { nearest, reportGraph } from '../../../diagnostics/index.ts';
import type { Criterion } from '../expression.ts';
import type { MethodContext } from './method.ts';

/** Reports a value that a method with a closed list of values does not have. */
export function isChoice<Value extends string>(
  criterion: Criterion,
  value: string,
  allowed: readonly Value[],
  { report }: MethodContext,
): value is Value {
  if ((allowed as readonly string[]).includes(value)) return true;
  const { method } = criterion;
  report(
    reportGraph('CH315', { method, value, nearest: nearest(value, allowed), allowed: allowed.join(', ') }),
  );
  return false;
}
