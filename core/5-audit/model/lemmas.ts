import type { Analysis } from '../plan/analysis.ts';
import { axiomFact, type Fact, keyFact, notNullFact } from '../plan/facts.ts';
import type { ScanRow } from '../plan/relation.ts';
import type { Formula, Formulas } from '../symbolic/formula.ts';
import type { BooleanTerm } from '../symbolic/term.ts';

/** What a declared fact says of the rows at hand. */
interface Lemma {
  readonly fact: Fact;
  readonly formula: Formula;
}

/** Gives the solver what the declared facts say of the symbols that a problem uses. */
export type Lemmas = (symbols: ReadonlySet<number>) => readonly Formula[];

/**
 * The declared facts about the source rows that a problem mentions: axioms hold (are not FALSE) on each, cells
 * declared so are not NULL, and rows of one source with equal keys are one row.
 */
export class RowLemmas {
  readonly #axioms = new Map<ScanRow, readonly Lemma[]>();
  readonly #present = new Map<ScanRow, Presence>();
  /** What a key says of two rows, by the rows, the key and the columns that both are asked about. */
  readonly #keys = new Map<string, Formula>();

  constructor(readonly analysis: Analysis) {}

  /** All of them, to be given to the solver. */
  readonly of: Lemmas = (symbols) => this.#all(symbols).map(({ formula }) => formula);

  /** Only what some facts say. */
  only(facts: ReadonlySet<Fact>): Lemmas {
    return (symbols) => this.#all(symbols, facts).map(({ formula }) => formula);
  }

  #all(symbols: ReadonlySet<number>, facts?: ReadonlySet<Fact>): Lemma[] {
    const rows = rowsOf(this.analysis, symbols);
    const wanted = (fact: Fact): boolean => facts === undefined || facts.has(fact);
    return [
      ...rows.flatMap((row) => [
        ...this.#axiomsOf(row).filter(({ fact }) => wanted(fact)),
        ...this.#notNulls(row, symbols, wanted),
      ]),
      ...this.#keyLemmas(rows, symbols, wanted),
    ];
  }

  #axiomsOf(row: ScanRow): readonly Lemma[] {
    const known = this.#axioms.get(row);
    if (known !== undefined) return known;
    const { f } = this.analysis.context;
    const made = row.source.axioms.map(({ text, expression }) => {
      const truth = this.analysis.overRow(row, expression);
      return {
        fact: axiomFact(row.source.name, text),
        formula: truth.sort === 'bool' ? notFalse(f, truth) : f.true,
      };
    });
    this.#axioms.set(row, made);
    return made;
  }

  #notNulls(row: ScanRow, symbols: ReadonlySet<number>, wanted: (fact: Fact) => boolean): Lemma[] {
    return this.#presenceOf(row).filter(
      ({ fact, symbols: own }) => own.some((symbol) => symbols.has(symbol)) && wanted(fact),
    );
  }

  /** A row's cells are made when they are first read: the list grows with them. */
  #presenceOf(row: ScanRow): Presence['lemmas'] {
    const known = this.#present.get(row);
    if (known?.cells === row.cells.size) return known.lemmas;
    const { context } = this.analysis;
    const lemmas = [...row.cells].flatMap(([column, term]) => {
      const declared = row.source.columns[column];
      if (declared?.notNull !== true) return [];
      const isNull = context.isNull(term);
      const fact = notNullFact(row.source.name, declared.name);
      return [{ fact, formula: context.f.not(isNull), symbols: [...context.symbolsOf(isNull)] }];
    });
    this.#present.set(row, { cells: row.cells.size, lemmas });
    return lemmas;
  }

  #keyLemmas(
    rows: readonly ScanRow[],
    symbols: ReadonlySet<number>,
    wanted: (fact: Fact) => boolean,
  ): Lemma[] {
    const made: Lemma[] = [];
    const mentioned = new Map(rows.map((row) => [row, mentionedCells(row, symbols)]));
    for (const [index, a] of rows.entries()) {
      const keys = a.source.keys.filter((key) => wanted(keyFact(a.source, key)));
      if (keys.length === 0) continue;
      const ofA = mentioned.get(a) ?? new Set<number>();
      for (const b of rows.slice(index + 1)) {
        if (a.source !== b.source) continue;
        const ofB = mentioned.get(b) ?? new Set<number>();
        for (const key of keys) {
          if (!key.every((column) => ofA.has(column) && ofB.has(column))) continue;
          const others = [...ofA].filter((column) => ofB.has(column) && !key.includes(column));
          if (others.length === 0) continue;
          made.push({ fact: keyFact(a.source, key), formula: this.#sameKey(a, b, key, others) });
        }
      }
    }
    return made;
  }

  /** Rows with equal keys are one row. */
  #sameKey(a: ScanRow, b: ScanRow, key: readonly number[], others: readonly number[]): Formula {
    const name = `${a.id} ${b.id} ${key.join()} ${others.join()}`;
    const known = this.#keys.get(name);
    if (known !== undefined) return known;
    const { context } = this.analysis;
    const { f } = context;
    const same = (column: number): Formula => context.same(a.cell(column), b.cell(column));
    // NULLs are unique to no test.
    const equal = (column: number): Formula => f.and(f.not(context.isNull(a.cell(column))), same(column));
    const formula = f.implies(f.and(...key.map(equal)), f.and(...others.map(same)));
    this.#keys.set(name, formula);
    return formula;
  }
}

/** That cells declared so are not NULL, as long as the row has so many cells. */
interface Presence {
  readonly cells: number;
  readonly lemmas: readonly (Lemma & { readonly symbols: readonly number[] })[];
}

/** Where what is known of TRUE and of FALSE does not overlap, the shorter of two ways to say it. */
function notFalse(f: Formulas, { isTrue, isFalse }: BooleanTerm): Formula {
  const known = f.not(isFalse);
  return f.and(isTrue, isFalse).id === f.false.id ? known : f.or(isTrue, known);
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
