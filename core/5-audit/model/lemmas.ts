import type { Analysis } from '../plan/analysis.ts';
import type { ScanRow } from '../plan/relation.ts';
import type { Formula } from '../symbolic/formula.ts';

/**
 * Facts about the source rows that a problem mentions: declared axioms hold (are not FALSE) on each, and rows
 * of one source with equal keys are one row.
 */
export function rowLemmas(analysis: Analysis): (symbols: ReadonlySet<number>) => Formula[] {
  return (symbols) => {
    const rows = rowsOf(analysis, symbols);
    return [...rows.flatMap((row) => axiomsOf(analysis, row)), ...keyLemmas(analysis, rows)];
  };
}

/** The source rows whose cells are among the symbols. */
export function rowsOf(analysis: Analysis, symbols: Iterable<number>): ScanRow[] {
  const rows = new Set<ScanRow>();
  for (const symbol of symbols) {
    const row = analysis.rowOfSymbol.get(symbol);
    if (row !== undefined) rows.add(row);
  }
  return [...rows].sort((a, b) => a.id - b.id);
}

function axiomsOf(analysis: Analysis, row: ScanRow): Formula[] {
  const { f } = analysis.context;
  return row.source.axioms.map(({ expression }) => {
    const truth = analysis.overRow(row, expression);
    return truth.sort === 'bool' ? f.or(truth.isTrue, f.not(truth.isFalse)) : f.true;
  });
}

function keyLemmas({ context }: Analysis, rows: readonly ScanRow[]): Formula[] {
  const { f } = context;
  const facts: Formula[] = [];
  for (const [index, a] of rows.entries()) {
    for (const b of rows.slice(index + 1)) {
      if (a.source !== b.source) continue;
      for (const key of a.source.keys) {
        if (!key.every((column) => a.cells.has(column) && b.cells.has(column))) continue;
        const sameKey = key.map((column) => context.same(a.cell(column), b.cell(column)));
        const others = [...a.cells.keys()].filter((column) => b.cells.has(column) && !key.includes(column));
        const sameRow = others.map((column) => context.same(a.cell(column), b.cell(column)));
        facts.push(f.implies(f.and(...sameKey), f.and(...sameRow)));
      }
    }
  }
  return facts;
}
