import { monthNumberFacts } from '../symbolic/calendar-parts.ts';
import type { Context } from '../symbolic/context.ts';
import type { Formula } from '../symbolic/formula.ts';
import { unevenGridFacts } from '../symbolic/time.ts';
import type { SolveOptions } from './outcome.ts';

/** The formulas, with the definitions of every symbol they mention, transitively. */
export function withDefinitions(
  context: Context,
  formulas: readonly Formula[],
  lemmas?: SolveOptions['lemmas'],
): Formula[] {
  const all = [...formulas];
  const symbols = new Set<number>([1]);
  let from = 0;
  let lastSize = -1;
  const defined = new Set<number>();
  while (symbols.size !== lastSize || from < all.length) {
    lastSize = symbols.size;
    for (; from < all.length; from++)
      for (const symbol of context.symbolsOf(all[from] as Formula)) symbols.add(symbol);
    for (const symbol of symbols) {
      if (defined.has(symbol)) continue;
      defined.add(symbol);
      all.push(...(context.definitions.get(symbol) ?? []));
    }
    if (from === all.length && symbols.size === lastSize) {
      const more = [
        ...unevenGridFacts(context, symbols),
        ...monthNumberFacts(context, symbols),
        ...(lemmas?.(symbols) ?? []),
      ];
      const known = new Set(all.map(({ id }) => id));
      all.push(...more.filter(({ id }) => !known.has(id)));
    }
  }
  return all;
}
