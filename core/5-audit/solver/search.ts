import type { Context } from '../symbolic/context.ts';
import type { Formula } from '../symbolic/formula.ts';
import type { Places } from '../symbolic/places.ts';
import { Closure } from './closure.ts';
import { distancesFrom, FAR } from './distances.ts';
import type { Model, Outcome, SolveOptions } from './outcome.ts';

/** What is told to who wants no values. */
const nothing: Model = { integers: new Map(), booleans: new Map() };

/** Choices of a quick look, after which it is none. */
const CHOICES = 2000;

type Value = 'true' | 'false' | 'open';

/**
 * One search over one conjunction. There is one state, and a trail of what was changed in it: going back costs what
 * was done, not the size of the state.
 */
export class Search {
  readonly #places: Places;
  readonly #truths: Places;
  readonly #symbols: number[] = [0];
  readonly #closure: Closure;
  /** By place: 1 for true, -1 for false, 0 for open. */
  readonly #truth: Int8Array;
  /** Boolean symbols that were set, oldest first. */
  readonly #trail: number[] = [];
  #clauses: Formula[] = [];
  readonly #formulas: readonly Formula[];
  readonly #context: Context;
  /** Links from the seeds, by symbol, once somebody asks; and the nearest symbol's, by clause. */
  #distances: ReadonlyMap<number, number> | undefined;
  readonly #ranks = new Map<number, number>();
  #steps = 0;
  #choices = 0;
  #isBegun = false;
  #wantsModel = true;

  constructor(
    context: Context,
    formulas: readonly Formula[],
    readonly options: SolveOptions,
  ) {
    this.#formulas = formulas;
    this.#context = context;
    this.#places = context.places;
    this.#truths = context.truths;
    this.#places.begin();
    this.#truths.begin();
    this.#places.set(0, 0);
    const seen = new Set<number>();
    let booleans = 0;
    const visit = (formula: Formula): void => {
      if (formula.kind === 'le') {
        this.#place(formula.x);
        this.#place(formula.y);
      } else if (formula.kind === 'bool') {
        if (this.#truths.get(formula.symbol) === -1) this.#truths.set(formula.symbol, booleans++);
      } else if (formula.kind === 'and' || formula.kind === 'or') {
        if (seen.has(formula.id)) return;
        seen.add(formula.id);
        formula.items.forEach(visit);
      }
    };
    formulas.forEach(visit);
    const grids = this.#symbols.map((symbol) => context.grids.get(symbol));
    // Zero lies on every grid: a step of 0 leaves the other symbol's own.
    if (grids.some((grid) => grid !== undefined)) grids[0] = { size: 0, offset: 0 };
    this.#closure = new Closure(this.#symbols.length, grids);
    this.#truth = new Int8Array(booleans);
  }

  run(): Outcome {
    if (!this.#formulas.every((formula) => this.#assert(formula))) return { status: 'unsatisfiable' };
    return this.#search();
  }

  /** Without values; also after {@link quickStatus} did not tell. */
  status(): Outcome['status'] {
    this.#wantsModel = false;
    return (this.#isBegun ? this.#search() : this.run()).status;
  }

  /** By propagation, and by choosing for one clause after another what contradicts nothing yet. */
  quickStatus(): 'satisfiable' | 'unsatisfiable' | undefined {
    this.#isBegun = true;
    if (!this.#formulas.every((formula) => this.#assert(formula))) return 'unsatisfiable';
    if (!this.#propagate()) return 'unsatisfiable';
    const clauses = [...this.#clauses];
    const bounds = this.#closure.mark();
    const booleans = this.#trail.length;
    if (this.#chooseFrom(0)) return 'satisfiable';
    this.#closure.undo(bounds);
    this.#undoBooleans(booleans);
    this.#clauses = clauses;
    return undefined;
  }

  /** Makes the clauses from there on hold, each by itself; false where one cannot be made to. */
  #chooseFrom(from: number): boolean {
    for (let at = from; at < this.#clauses.length; at++)
      if (!this.#choose(this.#clauses[at] as Formula)) return false;
    return true;
  }

  /** Makes a clause hold, and those within what is chosen of it. */
  #choose(clause: Formula): boolean {
    if (clause.kind !== 'or') return true;
    const open: Formula[] = [];
    for (const item of clause.items) {
      const value = this.#value(item);
      if (value === 'true') return true;
      if (value === 'open') open.push(item);
    }
    const bounds = this.#closure.mark();
    const booleans = this.#trail.length;
    const { length } = this.#clauses;
    return open.some((item) => {
      this.#choices += 1;
      if (this.#choices > CHOICES) return false;
      if (this.#assert(item) && this.#chooseFrom(length)) return true;
      this.#closure.undo(bounds);
      this.#undoBooleans(booleans);
      this.#clauses.length = length;
      return false;
    });
  }

  rootBounds(): ((x: number, y: number) => number) | undefined {
    if (!this.#formulas.every((formula) => this.#assert(formula))) return undefined;
    if (!this.#propagate()) return undefined;
    const places = new Map(this.#symbols.map((symbol, place) => [symbol, place]));
    return (x, y) => {
      const i = places.get(x);
      const j = places.get(y);
      return i === undefined || j === undefined ? Number.POSITIVE_INFINITY : this.#closure.bound(i, j);
    };
  }

  #place(symbol: number): number {
    const known = this.#places.get(symbol);
    if (known !== -1) return known;
    const place = this.#symbols.length;
    this.#symbols.push(symbol);
    this.#places.set(symbol, place);
    return place;
  }

  #search(): Outcome {
    this.#steps += 1;
    if (this.#steps > (this.options.budget ?? 3000)) return { status: 'unknown' };
    if (!this.#propagate()) return { status: 'unsatisfiable' };
    const [clause, rest] = this.#next();
    if (clause === undefined)
      return { status: 'satisfiable', model: this.#wantsModel ? this.#model() : nothing };
    for (const choice of clause) {
      const bounds = this.#closure.mark();
      const booleans = this.#trail.length;
      this.#clauses = [...rest];
      if (this.#assert(choice)) {
        const outcome = this.#search();
        if (outcome.status !== 'unsatisfiable') return outcome;
      }
      this.#closure.undo(bounds);
      this.#undoBooleans(booleans);
      // What led nowhere is false from here on.
      if (!this.#deny(choice)) break;
    }
    return { status: 'unsatisfiable' };
  }

  /** Gives a Boolean its value; false when it has the other one. */
  #set(symbol: number, positive: boolean): boolean {
    const place = this.#truths.get(symbol);
    const value = positive ? 1 : -1;
    const known = this.#truth[place];
    if (known !== 0) return known === value;
    this.#truth[place] = value;
    this.#trail.push(symbol);
    return true;
  }

  #undoBooleans(length: number): void {
    while (this.#trail.length > length) this.#truth[this.#truths.get(this.#trail.pop() as number)] = 0;
  }

  /** Adds a formula; false when it contradicts the state. */
  #assert(formula: Formula): boolean {
    switch (formula.kind) {
      case 'true':
        return true;
      case 'false':
        return false;
      case 'bool':
        return this.#set(formula.symbol, formula.positive);
      case 'le':
        this.#closure.add(this.#place(formula.x), this.#place(formula.y), formula.c);
        return this.#closure.feasible;
      case 'and':
        return formula.items.every((item) => this.#assert(item));
      case 'or':
        this.#clauses.push(formula);
        return true;
    }
  }

  /** Adds the opposite of a formula where that is an atom, too; false when it contradicts the state. */
  #deny(formula: Formula): boolean {
    if (formula.kind === 'bool') return this.#set(formula.symbol, !formula.positive);
    // x - y > c over integers is y - x <= -c - 1.
    if (formula.kind === 'le')
      this.#closure.add(this.#place(formula.y), this.#place(formula.x), -formula.c - 1);
    return this.#closure.feasible;
  }

  /** Drops what holds, asserts what is forced, until nothing changes; false on contradiction. */
  #propagate(): boolean {
    for (let changed = true; changed; ) {
      changed = false;
      const clauses = this.#clauses;
      this.#clauses = [];
      for (const clause of clauses) {
        if (clause.kind !== 'or') continue;
        let only: Formula | undefined;
        let open = 0;
        let holds = false;
        for (const item of clause.items) {
          const value = this.#value(item);
          if (value === 'true') {
            holds = true;
            break;
          }
          if (value !== 'open') continue;
          only ??= item;
          open += 1;
        }
        if (holds) continue;
        if (only === undefined) return false;
        if (open === 1) {
          if (!this.#assert(only)) return false;
          changed = true;
        } else this.#clauses.push(clause);
      }
    }
    return true;
  }

  #value(formula: Formula): Value {
    switch (formula.kind) {
      case 'true':
      case 'false':
        return formula.kind;
      case 'bool': {
        const known = this.#truth[this.#truths.get(formula.symbol)];
        return known === 0 ? 'open' : (known === 1) === formula.positive ? 'true' : 'false';
      }
      case 'le': {
        const x = this.#place(formula.x);
        const y = this.#place(formula.y);
        if (this.#closure.bound(x, y) <= formula.c) return 'true';
        return this.#closure.bound(y, x) + formula.c < 0 ? 'false' : 'open';
      }
      case 'and': {
        let result: Value = 'true';
        for (const item of formula.items) {
          const value = this.#value(item);
          if (value === 'false') return 'false';
          if (value === 'open') result = 'open';
        }
        return result;
      }
      case 'or': {
        let result: Value = 'false';
        for (const item of formula.items) {
          const value = this.#value(item);
          if (value === 'true') return 'true';
          if (value === 'open') result = 'open';
        }
        return result;
      }
    }
  }

  /** Of the clauses nearest to the seeds the one with the fewest open choices, and the other clauses. */
  #next(): [readonly Formula[] | undefined, readonly Formula[]] {
    let fewest = 0;
    let chosen: (Formula & { readonly kind: 'and' | 'or' }) | undefined;
    let bestRank = Number.POSITIVE_INFINITY;
    for (const clause of this.#clauses) {
      if (clause.kind !== 'or') continue;
      const rank = this.#rankOf(clause);
      if (rank > bestRank) continue;
      let open = 0;
      for (const item of clause.items) if (this.#value(item) === 'open') open += 1;
      if (chosen === undefined || rank < bestRank || open < fewest) {
        fewest = open;
        chosen = clause;
        bestRank = rank;
      }
    }
    const best = chosen?.items.filter((item) => this.#value(item) === 'open');
    return [best, this.#clauses.filter((clause) => clause !== chosen)];
  }

  #rankOf(clause: Formula): number {
    const known = this.#ranks.get(clause.id);
    if (known !== undefined) return known;
    this.#distances ??= distancesFrom(this.#context, this.#formulas, this.options.seeds ?? []);
    let rank = FAR;
    for (const symbol of this.#context.symbolsOf(clause)) {
      const distance = this.#distances.get(symbol) ?? FAR;
      if (distance < rank) rank = distance;
    }
    this.#ranks.set(clause.id, rank);
    return rank;
  }

  /** Values one after another, each within the bounds that the earlier ones leave. */
  #model(): Model {
    const integers = new Map<number, number>([[0, 0]]);
    const chosen: [place: number, value: number][] = [[0, 0]];
    const order = [...this.#symbols.keys()].filter((place) => place !== 0);
    order.sort((a, b) => Number(this.#symbols[b] === 1) - Number(this.#symbols[a] === 1));
    for (const place of order) {
      const symbol = this.#symbols[place] as number;
      let low = Number.NEGATIVE_INFINITY;
      let high = Number.POSITIVE_INFINITY;
      for (const [other, value] of chosen) {
        low = Math.max(low, value - this.#closure.bound(other, place));
        high = Math.min(high, value + this.#closure.bound(place, other));
      }
      const value = (this.options.pick ?? pickAny)(low, high, symbol);
      integers.set(symbol, value);
      chosen.push([place, value]);
    }
    const isTrue = (symbol: number): boolean => this.#truth[this.#truths.get(symbol)] === 1;
    return { integers, booleans: new Map(this.#trail.map((symbol) => [symbol, isTrue(symbol)])) };
  }
}

function pickAny(low: number, high: number): number {
  if (Number.isFinite(low)) return low;
  return Number.isFinite(high) ? high : 0;
}
