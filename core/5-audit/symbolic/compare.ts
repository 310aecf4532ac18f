import type { PlanComparison } from '../../sql/index.ts';
import type { Context } from './context.ts';
import type { Formula } from './formula.ts';
import { type BooleanTerm, DAY, type ScalarTerm, type Term } from './term.ts';

/** SQL's comparison of two terms, three-valued. */
export function compare(context: Context, operator: PlanComparison, a: Term, b: Term): BooleanTerm {
  const { f } = context;
  if (operator === 'is distinct' || operator === 'is not distinct') {
    const same = context.same(a, b);
    const holds = operator === 'is not distinct' ? same : f.not(same);
    return context.boolean(holds, f.not(holds));
  }
  const known = f.and(f.not(context.isNull(a)), f.not(context.isNull(b)));
  const [isTrue, isFalse] = values(context, operator, a, b);
  return context.boolean(f.and(known, isTrue), f.and(known, isFalse));
}

/** When the comparison of two non-NULL values is true, and when false; the two may overlap where it is open. */
function values(context: Context, operator: PlanComparison, a: Term, b: Term): [Formula, Formula] {
  const { f } = context;
  const flip = ([isTrue, isFalse]: [Formula, Formula]): [Formula, Formula] => [isFalse, isTrue];
  switch (operator) {
    case '<>':
      return flip(values(context, '=', a, b));
    case '>':
      return values(context, '<', b, a);
    case '<=':
      return flip(values(context, '<', b, a));
    case '>=':
      return flip(values(context, '<', a, b));
    case '=':
      return equal(context, a, b);
    case '<':
      return less(context, a, b);
    case 'is distinct':
    case 'is not distinct':
      return [f.true, f.true];
  }
}

function equal(context: Context, a: Term, b: Term): [Formula, Formula] {
  const { f } = context;
  if (a.sort === 'bool' && b.sort === 'bool') {
    const both = f.or(f.and(a.isTrue, b.isTrue), f.and(a.isFalse, b.isFalse));
    return [both, f.not(both)];
  }
  if (a.sort === 'bool' || b.sort === 'bool' || a.sort !== b.sort) return open(context, '=', a, b);
  const spelled = spelledTimes(context, a, b);
  if (spelled !== undefined) return equal(context, ...spelled);
  const counted = count(context, a, b) ?? count(context, b, a);
  if (counted !== undefined) {
    const [atLeast, isLess] = counted(0);
    const [atLeastNext, isLessNext] = counted(1);
    return [f.and(atLeast, isLessNext), f.or(isLess, atLeastNext)];
  }
  const holds = context.sameValue(a, b);
  return [holds, f.not(holds)];
}

function less(context: Context, a: Term, b: Term): [Formula, Formula] {
  const { f } = context;
  if (a.sort === 'bool' && b.sort === 'bool') {
    const holds = f.and(a.isFalse, b.isTrue);
    return [holds, f.not(holds)];
  }
  if (a.sort === 'bool' || b.sort === 'bool' || a.sort !== b.sort) return open(context, '<', a, b);
  const spelled = spelledTimes(context, a, b);
  if (spelled !== undefined) return less(context, ...spelled);
  const left = count(context, a, b);
  if (left !== undefined) {
    const [atLeast, isLess] = left(0);
    return [isLess, atLeast];
  }
  const right = count(context, b, a);
  if (right !== undefined) return right(1);
  if (a.sort !== 'time' && a.sort !== 'int') return open(context, '<', a, b);
  const holds = context.atMost(a, b, -1);
  return [holds, f.not(holds)];
}

/** Where `a` counts units of a difference and `b` is a constant k: (a >= k + add, a < k + add). */
function count(
  context: Context,
  a: ScalarTerm,
  b: ScalarTerm,
): ((add: number) => [Formula, Formula]) | undefined {
  const { f } = context;
  const counted = context.counts.get(a.symbol);
  const known = constantOf(b);
  if (counted === undefined || known === undefined) return undefined;
  const { x, y, atLeast, atMost, exact, scale = 1 } = counted;
  const units = known * scale;
  if (!Number.isSafeInteger(units)) return undefined;
  return (add) => {
    const k = units - a.offset + add;
    const above = context.atMost(y, x, -atLeast(k));
    if (exact) return [above, f.not(above)];
    const chosen = context.remember(`count ${a.symbol} ${k}`, () =>
      context.unknown('BOOLEAN', 'count', false),
    );
    const flag = (chosen as BooleanTerm).isTrue;
    return [f.and(flag, above), f.and(f.not(flag), context.atMost(x, y, atMost(k - 1)))];
  };
}

/** The constant a count is compared with; intervals compare as DuckDB normalises them, by months of 30 days. */
function constantOf(term: ScalarTerm): number | undefined {
  const { constant } = term;
  // Doubles and decimals have symbols of their own, and the value beside them.
  if (constant?.kind === 'number') return constant.value;
  if (constant?.kind !== 'interval') return undefined;
  const { months, days, micros } = constant.value;
  return (months * 30 + days) * DAY + micros;
}

/** Two texts that spell moments in the same order-preserving format compare as the moments do. */
function spelledTimes(context: Context, a: ScalarTerm, b: ScalarTerm): [ScalarTerm, ScalarTerm] | undefined {
  const left = context.spelled.get(a.key);
  const right = context.spelled.get(b.key);
  return left !== undefined && right !== undefined && left.format === right.format
    ? [left.time, right.time]
    : undefined;
}

/** An order we do not compute: unknown, but the same for the same terms. */
function open(context: Context, operator: string, a: Term, b: Term): [Formula, Formula] {
  const chosen = context.remember(`${operator} ${a.key} ${b.key}`, () =>
    context.unknown('BOOLEAN', 'comparison', false),
  ) as BooleanTerm;
  return [chosen.isTrue, chosen.isFalse];
}
