import type { Context } from '../symbolic/context.ts';
import type { Formula } from '../symbolic/formula.ts';
import type { Outcome, SolveOptions } from './outcome.ts';
import { likelyStatusOf, quickStatus, solve, statusOf } from './solve.ts';

/**
 * Solves a conjunction by growing parts of it: first what is said of the seeds, then what is said of the symbols
 * in that, and so on. A part that is unsatisfiable settles the whole; most proofs need the changing row and its
 * conditions, not the rows joined to it.
 */
export function solveStaged(
  context: Context,
  goal: Formula,
  seeds: Iterable<number>,
  options: SolveOptions = {},
): Outcome {
  const near = { ...options, seeds: [...seeds] };
  return isPartRefuted(context, goal, near) ? { status: 'unsatisfiable' } : solve(context, [goal], near);
}

/**
 * Whether a conjunction is unsatisfiable, and found to be within the budget: {@link solveStaged} for who wants no values.
 *
 * @param likely what is tried first: to see that it is not
 */
export function refutes(
  context: Context,
  goal: Formula,
  seeds: Iterable<number>,
  options: SolveOptions = {},
  likely?: 'satisfiable',
): boolean {
  const near = { ...options, seeds: [...seeds] };
  if (likely === 'satisfiable') {
    const quick = quickStatus(context, [goal], near);
    if (quick !== undefined) return quick === 'unsatisfiable';
  }
  return isPartRefuted(context, goal, near) || likelyStatusOf(context, [goal], near) === 'unsatisfiable';
}

function isPartRefuted(
  context: Context,
  goal: Formula,
  options: SolveOptions & { readonly seeds: readonly number[] },
): boolean {
  const conjuncts = goal.kind === 'and' ? goal.items : [goal];
  if (conjuncts.length <= 3) return false;
  const reached = new Set(options.seeds);
  const taken = new Set<Formula>();
  const budget = Math.min(options.budget ?? 3000, 300);
  for (let stage = 0; stage < 3; stage++) {
    const before = taken.size;
    const next = conjuncts.filter((item) => !taken.has(item) && touches(context, item, reached));
    for (const item of next) taken.add(item);
    for (const item of next) for (const symbol of context.symbolsOf(item)) reached.add(symbol);
    if (taken.size === before || taken.size === conjuncts.length) break;
    const part = context.f.and(...taken);
    if (statusOf(context, [part], { ...options, budget }) === 'unsatisfiable') return true;
  }
  return false;
}

/** Zero and the prediction time are everywhere and link nothing. */
function touches(context: Context, formula: Formula, reached: ReadonlySet<number>): boolean {
  for (const symbol of context.symbolsOf(formula)) if (symbol > 1 && reached.has(symbol)) return true;
  return false;
}
