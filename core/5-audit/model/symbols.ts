import type { Formula } from '../symbolic/formula.ts';

/** The symbols that formulas mention. */
export function symbolsIn(formulas: readonly Formula[]): Set<number> {
  const symbols = new Set<number>();
  const seen = new Set<number>();
  const visit = (formula: Formula): void => {
    if (seen.has(formula.id)) return;
    seen.add(formula.id);
    if (formula.kind === 'and' || formula.kind === 'or') formula.items.forEach(visit);
    else if (formula.kind === 'bool') symbols.add(formula.symbol);
    else if (formula.kind === 'le') symbols.add(formula.x).add(formula.y);
  };
  formulas.forEach(visit);
  return symbols;
}
