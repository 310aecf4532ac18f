import type { PlanType } from '../../sql/index.ts';
import { type Formula, Formulas, LARGEST } from './formula.ts';
import type { Grown } from './lists.ts';
import { Places } from './places.ts';
import { type BooleanTerm, type ConstantInfo, DAY, type ScalarTerm, sortOf, type Term } from './term.ts';

/** Values of a symbol are `offset` plus a multiple of `size`. */
export interface Grid {
  readonly size: number;
  readonly offset: number;
}

/**
 * What an integer symbol counts: whole units in `x - y`. Where the value is at least k, the difference is at
 * least `atLeast(k)`; where it is at most k, at most `atMost(k)`. `exact`: the first holds both ways.
 */
export interface Count {
  readonly x: ScalarTerm;
  readonly y: ScalarTerm;
  readonly atLeast: (k: number) => number;
  readonly atMost: (k: number) => number;
  readonly exact: boolean;
  /** Units that one of the value is: a double of seconds counts microseconds. Whole numbers count themselves. */
  readonly scale?: number;
}

/**
 * Makes symbols and remembers what defines them. One context serves one audit run; symbol 0 is zero, symbol 1
 * the prediction time p.
 */
export class Context {
  readonly f = new Formulas();
  /** Lent to the solver: of numbers, and of Booleans. */
  readonly places = new Places();
  readonly truths = new Places();
  readonly names: string[] = ['0', 'prediction_time'];
  readonly grids = new Map<number, Grid>();
  /** Facts that hold wherever the symbol is used. */
  readonly definitions = new Map<number, Formula[]>();
  readonly counts = new Map<number, Count>();
  /** Months, quarters and years are grids of uneven size: their symbols, for {@link unevenGridFacts}. */
  readonly truncations = new Map<
    number,
    { readonly of: ScalarTerm; readonly unit: string; readonly days: number }
  >();
  /** Times that are whole months, and other spans of uneven length, away from others. */
  readonly shifted = new Map<number, { readonly of: ScalarTerm; readonly months: number }>();
  /** Numbers that are a part of a time: its year, its month, 12 times its year. */
  readonly parts = new Map<string, { readonly part: string; readonly time: ScalarTerm }>();
  /** Numbers of months within the year: where the month and the year begin. */
  readonly monthNumbers = new Map<number, { readonly month: ScalarTerm; readonly year: ScalarTerm }>();
  /** Text that spells a moment, such as strftime's: the moment it spells. */
  readonly spelled = new Map<string, { readonly format: string; readonly time: ScalarTerm }>();
  /** Lists that are others with an element more, and structs by their fields. */
  readonly grown = new Map<string, Grown>();
  readonly structs = new Map<string, ReadonlyMap<string, Term>>();
  /** What a computed value was computed from; for its name. */
  readonly operands = new Map<number, readonly Term[]>();
  /** `model.column`: what a computed value is called where a model puts it out. */
  readonly titles = new Map<number, string>();
  readonly #literals = new Map<string, number>();
  readonly #symbols = new Map<number, ReadonlySet<number>>();
  readonly #remembered = new Map<string, Term>();

  constructor() {
    // Prediction times lie between 1900 and 2100: a sentinel such as 9999-12-31 is later than any.
    this.define(1, this.f.le(1, 0, 4.1e15), this.f.le(0, 1, 2.2e15));
  }

  symbol(name: string, grid?: Grid): number {
    const symbol = this.names.length;
    this.names.push(name);
    if (grid !== undefined) this.grids.set(symbol, grid);
    return symbol;
  }

  /** The symbols that a formula mentions, definitions aside. */
  symbolsOf(formula: Formula): ReadonlySet<number> {
    const known = this.#symbols.get(formula.id);
    if (known !== undefined) return known;
    const found = new Set<number>();
    if (formula.kind === 'bool') found.add(formula.symbol);
    else if (formula.kind === 'le') found.add(formula.x).add(formula.y);
    else if (formula.kind === 'and' || formula.kind === 'or') {
      for (const item of formula.items) for (const symbol of this.symbolsOf(item)) found.add(symbol);
    }
    this.#symbols.set(formula.id, found);
    return found;
  }

  /** Remembers what a value was computed from. */
  from<T extends Term>(term: T, ...operands: readonly Term[]): T {
    if (term.sort === 'bool' || term.symbol <= 1) return term;
    this.operands.set(term.symbol, operands);
    if (term.isNull.kind === 'bool') this.operands.set(term.isNull.symbol, operands);
    return term;
  }

  /** A model puts the value out under a name; the first name, of the model nearest to the source, stays. */
  entitle(term: Term, title: string): void {
    if (term.sort === 'bool' || term.symbol <= 1 || this.titles.has(term.symbol)) return;
    this.titles.set(term.symbol, title);
    const { isNull } = term;
    if (isNull.kind === 'bool' && !this.titles.has(isNull.symbol))
      this.titles.set(isNull.symbol, `${title} is null`);
  }

  /** A Boolean symbol's formula. */
  flag(name: string): Formula {
    return this.f.bool(this.symbol(name));
  }

  define(symbol: number, ...facts: readonly Formula[]): void {
    this.definitions.set(symbol, [...(this.definitions.get(symbol) ?? []), ...facts]);
  }

  /** The same term for the same key: a function of the same arguments has the same value. */
  remember(key: string, make: () => Term): Term {
    const known = this.#remembered.get(key);
    if (known !== undefined) return known;
    const made = make();
    this.#remembered.set(key, made);
    return made;
  }

  scalar(
    sort: ScalarTerm['sort'],
    symbol: number,
    offset: number,
    isNull: Formula,
    constant?: ConstantInfo,
  ): ScalarTerm {
    return { sort, symbol, offset, isNull, constant, key: `${sort}:${symbol}+${offset}?${isNull.id}` };
  }

  boolean(isTrue: Formula, isFalse: Formula): BooleanTerm {
    return { sort: 'bool', isTrue, isFalse, key: `bool:${isTrue.id}/${isFalse.id}` };
  }

  /** A value nothing is known of, but its type. */
  unknown(type: PlanType, name: string, nullable: boolean): Term {
    const sort = sortOf(type);
    if (sort === 'bool') {
      const value = this.flag(name);
      const known = nullable ? this.f.not(this.flag(`${name} is null`)) : this.f.true;
      return this.boolean(this.f.and(value, known), this.f.and(this.f.not(value), known));
    }
    const symbol = this.symbol(name, type === 'DATE' ? { size: DAY, offset: 0 } : undefined);
    return this.scalar(sort, symbol, 0, nullable ? this.flag(`${name} is null`) : this.f.false);
  }

  null(type: PlanType): Term {
    const sort = sortOf(type);
    if (sort === 'bool') return this.boolean(this.f.false, this.f.false);
    return this.scalar(sort, 0, 0, this.f.true);
  }

  /** Another unknown value of the same kind, NULL or not. Other rows of a column need not share its grid. */
  like(term: Term, name: string, grid?: Grid): Term {
    if (term.sort === 'bool') return this.unknown('BOOLEAN', name, true);
    const symbol = this.symbol(name, grid);
    return this.scalar(term.sort, symbol, 0, this.flag(`${name} is null`));
  }

  /** The term where the condition holds, else NULL. */
  nullUnless(condition: Formula, term: Term): Term {
    const { f } = this;
    if (condition.id === f.true.id) return term;
    if (term.sort === 'bool') {
      return this.boolean(f.and(term.isTrue, condition), f.and(term.isFalse, condition));
    }
    return this.scalar(term.sort, term.symbol, term.offset, f.or(term.isNull, f.not(condition)));
  }

  /** A constant instant or integer; of one beyond exact arithmetic, only the side it lies on is known. */
  integer(sort: 'time' | 'int', value: number): ScalarTerm {
    const constant: ConstantInfo = { kind: 'number', value };
    if (Number.isSafeInteger(value) && Math.abs(value) <= LARGEST) {
      return this.scalar(sort, 0, value, this.f.false, constant);
    }
    return this.remember(`far ${sort} ${value}`, () => {
      const symbol = this.symbol(`constant ${value}`);
      this.define(symbol, value > 0 ? this.f.le(0, symbol, -LARGEST) : this.f.le(symbol, 0, -LARGEST));
      return this.scalar(sort, symbol, 0, this.f.false, constant);
    }) as ScalarTerm;
  }

  text(value: string): ScalarTerm {
    const known = this.#literals.get(value) ?? 1000 + this.#literals.size;
    this.#literals.set(value, known);
    return this.scalar('text', 0, known, this.f.false, { kind: 'text', value });
  }

  /** Text literals by the number that stands for them. */
  literals(): ReadonlyMap<number, string> {
    return new Map([...this.#literals].map(([text, id]) => [id, text]));
  }

  /** The prediction time. */
  get moment(): ScalarTerm {
    return this.scalar('time', 1, 0, this.f.false);
  }

  isNull(term: Term): Formula {
    if (term.sort !== 'bool') return term.isNull;
    return this.f.and(this.f.not(term.isTrue), this.f.not(term.isFalse));
  }

  isConstant(term: Term): term is ScalarTerm & { readonly constant: ConstantInfo } {
    return term.sort !== 'bool' && term.constant !== undefined;
  }

  /** a - b <= c over values, or open when beyond exact arithmetic. */
  atMost(a: ScalarTerm, b: ScalarTerm, c: number): Formula {
    const limit = c + b.offset - a.offset;
    if (!Number.isSafeInteger(limit) || Math.abs(limit) > LARGEST)
      return this.flag('beyond exact arithmetic');
    return this.f.le(a.symbol, b.symbol, limit);
  }

  /** Equal values, neither NULL considered. */
  sameValue(a: ScalarTerm, b: ScalarTerm): Formula {
    return this.f.and(this.atMost(a, b, 0), this.atMost(b, a, 0));
  }

  /** IS NOT DISTINCT FROM. */
  same(a: Term, b: Term): Formula {
    const { f } = this;
    if (a.key === b.key) return f.true;
    if (a.sort === 'bool' && b.sort === 'bool') {
      return f.and(f.iff(a.isTrue, b.isTrue), f.iff(a.isFalse, b.isFalse));
    }
    if (a.sort === 'bool' || b.sort === 'bool' || a.sort !== b.sort)
      return this.flag('values of different sorts');
    const bothNull = f.and(a.isNull, b.isNull);
    return f.or(bothNull, f.and(f.not(a.isNull), f.not(b.isNull), this.sameValue(a, b)));
  }

  /** `when` chooses `a`, otherwise `b`. */
  choose(when: Formula, a: Term, b: Term): Term {
    const { f } = this;
    if (a.key === b.key || when.id === f.true.id) return a;
    if (when.id === f.false.id) return b;
    const otherwise = f.not(when);
    if (a.sort === 'bool' && b.sort === 'bool') {
      return this.boolean(
        f.or(f.and(when, a.isTrue), f.and(otherwise, b.isTrue)),
        f.or(f.and(when, a.isFalse), f.and(otherwise, b.isFalse)),
      );
    }
    if (a.sort === 'bool' || b.sort === 'bool' || a.sort !== b.sort) {
      return this.scalar('other', this.symbol('choice'), 0, this.flag('choice is null'));
    }
    const isNull = f.or(f.and(when, a.isNull), f.and(otherwise, b.isNull));
    if (b.isNull.id === f.true.id) return { ...this.scalar(a.sort, a.symbol, a.offset, isNull) };
    if (a.isNull.id === f.true.id) return { ...this.scalar(b.sort, b.symbol, b.offset, isNull) };
    if (a.symbol === b.symbol && a.offset === b.offset)
      return this.scalar(a.sort, a.symbol, a.offset, isNull);
    return this.remember(`choose ${when.id} ${a.key} ${b.key}`, () => {
      const chosen = this.scalar(
        a.sort as ScalarTerm['sort'],
        this.symbol('choice', this.#sharedGrid(a, b)),
        0,
        isNull,
      );
      this.operands.set(chosen.symbol, [a, b]);
      this.define(
        chosen.symbol,
        f.implies(when, this.sameValue(chosen, a)),
        f.implies(otherwise, this.sameValue(chosen, b)),
      );
      return chosen;
    });
  }

  /** The grid of a term's values; constants lie on every grid through them. */
  gridOf(term: ScalarTerm): Grid | undefined {
    const grid = this.grids.get(term.symbol);
    return grid && { size: grid.size, offset: modulo(grid.offset + term.offset, grid.size) };
  }

  #sharedGrid(a: ScalarTerm, b: ScalarTerm): Grid | undefined {
    const grids = [this.gridOf(a), this.gridOf(b)].filter((grid) => grid !== undefined);
    const [first] = grids;
    if (first === undefined) return undefined;
    const lies = (term: ScalarTerm): boolean => {
      const grid = this.gridOf(term);
      if (term.symbol === 0) return modulo(term.offset - first.offset, first.size) === 0;
      return grid !== undefined && grid.size === first.size && grid.offset === first.offset;
    };
    return lies(a) && lies(b) ? first : undefined;
  }
}

export function modulo(value: number, size: number): number {
  return ((value % size) + size) % size;
}
