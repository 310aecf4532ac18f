import type { Analysis } from '../plan/analysis.ts';
import type { ScanRow } from '../plan/relation.ts';
import type { Formula } from '../symbolic/formula.ts';

/**
 * Facts about the source rows that a problem mentions: declared axioms hold (are not FALSE) on each, and rows
 * of one source with equal keys are one row.
 */
export class RowLemmas {
  readonly #axioms = new Map<ScanRow, readonly Formula[]>();

  constructor(readonly analysis: Analysis) {}

  /** To be given to the solver. */
  readonly of = (symbols: ReadonlySet<number>): Formula[] => {
    const rows = rowsOf(this.analysis, symbols);
    return [...rows.flatMap((row) => this.#axiomsOf(row)), ...this.#keyLemmas(rows, symbols)];
  };

  #axiomsOf(row: ScanRow): readonly Formula[] {
    const known = this.#axioms.get(row);
    if (known !== undefined) return known;
    const { f } = this.analysis.context;
    const made = row.source.axioms.map(({ expression }) => {
      const truth = this.analysis.overRow(row, expression);
      return truth.sort === 'bool' ? f.or(truth.isTrue, f.not(truth.isFalse)) : f.true;
    });
    this.#axioms.set(row, made);
    return made;
  }

  #keyLemmas(rows: readonly ScanRow[], symbols: ReadonlySet<number>): Formula[] {
    const { context } = this.analysis;
    const { f } = context;
    const facts: Formula[] = [];
    const mentioned = new Map(rows.map((row) => [row, mentionedCells(row, symbols)]));
    for (const [index, a] of rows.entries()) {
      for (const b of rows.slice(index + 1)) {
        if (a.source !== b.source) continue;
        const [ofA, ofB] = [mentioned.get(a) ?? new Set<number>(), mentioned.get(b) ?? new Set<number>()];
        for (const key of a.source.keys) {
          if (!key.every((column) => ofA.has(column) && ofB.has(column))) continue;
          const others = [...ofA].filter((column) => ofB.has(column) && !key.includes(column));
          if (others.length === 0) continue;
          const same = (column: number): Formula => context.same(a.cell(column), b.cell(column));
          facts.push(f.implies(f.and(...key.map(same)), f.and(...others.map(same))));
        }
      }
    }
    return facts;
  }
}

function mentionedCells(row: ScanRow, symbols: ReadonlySet<number>): Set<number> {
  const found = new Set<number>();
  for (const [column, term] of row.cells) {
    if (term.sort === 'bool' || symbols.has(term.symbol)) found.add(column);
  }
  return found;
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
