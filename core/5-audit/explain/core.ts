import { RowLemmas } from '../model/lemmas.ts';
import type { Analysis } from '../plan/analysis.ts';
import { refutes } from '../solver/staged.ts';
import type { Formula } from '../symbolic/formula.ts';

/**
 * The conditions that contradict each other: a part of an unsatisfiable conjunction from which nothing can be
 * left out; undefined when it is none. Found by leaving out one after another.
 */
export function contradiction(
  analysis: Analysis,
  goal: Formula,
  seeds: readonly number[],
): readonly Formula[] | undefined {
  const { context } = analysis;
  const lemmas = new RowLemmas(analysis).of;
  const fails = (items: readonly Formula[]): boolean =>
    refutes(context, context.f.and(...items), seeds, { budget: 500, lemmas });
  let kept: readonly Formula[] = goal.kind === 'and' ? goal.items : [goal];
  if (!fails(kept)) return undefined;
  for (const item of kept) {
    const fewer = kept.filter((other) => other !== item);
    if (fails(fewer)) kept = fewer;
  }
  return kept;
}
