import type { Context } from '../symbolic/context.ts';
import type { Formula } from '../symbolic/formula.ts';
import { withDefinitions } from './definitions.ts';
import type { Outcome, SolveOptions } from './outcome.ts';
import { Search } from './search.ts';

/**
 * Decides a conjunction of formulas over Booleans and difference constraints: DPLL, with a closed difference
 * graph as theory. `unsatisfiable` is a proof; `satisfiable` comes with values, which on uneven grids need not
 * be integral solutions and are therefore only candidates.
 */
export function solve(context: Context, formulas: readonly Formula[], options: SolveOptions = {}): Outcome {
  const search = new Search(context, withDefinitions(context, formulas, options.lemmas), options);
  return search.run();
}

/** As {@link solve}, for who wants no values. */
export function statusOf(
  context: Context,
  formulas: readonly Formula[],
  options: SolveOptions = {},
): Outcome['status'] {
  return new Search(context, withDefinitions(context, formulas, options.lemmas), options).status();
}

/**
 * The same where choices made one after another mostly contradict nothing: that is looked at first, and may find
 * `satisfiable` within a budget that a search would exceed.
 */
export function likelyStatusOf(
  context: Context,
  formulas: readonly Formula[],
  options: SolveOptions = {},
): Outcome['status'] {
  const search = new Search(context, withDefinitions(context, formulas, options.lemmas), options);
  return search.quickStatus() ?? search.status();
}

/** What is found out without a search: undefined where that does not tell. */
export function quickStatus(
  context: Context,
  formulas: readonly Formula[],
  options: SolveOptions = {},
): 'satisfiable' | 'unsatisfiable' | undefined {
  return new Search(context, withDefinitions(context, formulas, options.lemmas), options).quickStatus();
}

/** What follows between two symbols without any case distinction: the tightest bound on x - y. */
export function impliedBound(
  context: Context,
  formulas: readonly Formula[],
  lemmas?: SolveOptions['lemmas'],
): ((x: number, y: number) => number) | undefined {
  const search = new Search(context, withDefinitions(context, formulas, lemmas), {});
  return search.rootBounds();
}
