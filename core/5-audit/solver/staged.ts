import type { Context } from '../symbolic/context.ts';
import type { Formula } from '../symbolic/formula.ts';
import { type Outcome, type SolveOptions, solve } from './solve.ts';

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
  const conjuncts = goal.kind === 'and' ? goal.items : [goal];
  if (conjuncts.length > 3) {
    const reached = new Set(seeds);
    const taken = new Set<Formula>();
    for (let stage = 0; stage < 3; stage++) {
      const before = taken.size;
      const next = conjuncts.filter((item) => !taken.has(item) && touches(context, item, reached));
      for (const item of next) taken.add(item);
      for (const item of next) for (const symbol of context.symbolsOf(item)) reached.add(symbol);
      if (taken.size === before || taken.size === conjuncts.length) break;
      const part = context.f.and(...taken);
      const outcome = solve(context, [part], { ...near, budget: Math.min(options.budget ?? 3000, 300) });
      if (outcome.status === 'unsatisfiable') return outcome;
    }
  }
  return solve(context, [goal], near);
}

/** Zero and the prediction time are everywhere and link nothing. */
function touches(context: Context, formula: Formula, reached: ReadonlySet<number>): boolean {
  for (const symbol of context.symbolsOf(formula)) if (symbol > 1 && reached.has(symbol)) return true;
  return false;
}
