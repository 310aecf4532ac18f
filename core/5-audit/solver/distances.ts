import type { Context } from '../symbolic/context.ts';
import type { Formula } from '../symbolic/formula.ts';

/** Of symbols that nothing links to the seeds. */
export const FAR = 1000;

/** How many formulas lie between each symbol and the seeds; zero and the prediction time link nothing. */
export function distancesFrom(
  context: Context,
  formulas: readonly Formula[],
  seeds: Iterable<number>,
): ReadonlyMap<number, number> {
  const distances = new Map([...seeds].map((symbol) => [symbol, 0]));
  if (distances.size === 0) return distances;
  const conjuncts = formulas.flatMap((formula) => (formula.kind === 'and' ? formula.items : [formula]));
  let waiting = conjuncts.map((formula) => context.symbolsOf(formula));
  const isLinked = (symbols: ReadonlySet<number>): boolean => {
    for (const symbol of symbols) if (symbol > 1 && distances.has(symbol)) return true;
    return false;
  };
  for (let distance = 1; distance < 12; distance++) {
    const reached: ReadonlySet<number>[] = [];
    const others: ReadonlySet<number>[] = [];
    for (const symbols of waiting) (isLinked(symbols) ? reached : others).push(symbols);
    if (reached.length === 0) break;
    waiting = others;
    for (const symbols of reached)
      for (const symbol of symbols) if (symbol > 1 && !distances.has(symbol)) distances.set(symbol, distance);
  }
  return distances;
}
