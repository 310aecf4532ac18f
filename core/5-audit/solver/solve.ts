import { monthNumberFacts } from '../symbolic/calendar-parts.ts';
import type { Context } from '../symbolic/context.ts';
import type { Formula } from '../symbolic/formula.ts';
import { unevenGridFacts } from '../symbolic/time.ts';
import { Closure } from './closure.ts';

/** Values of integer symbols and truth of Boolean ones; symbols left out may be anything. */
export interface Model {
  readonly integers: ReadonlyMap<number, number>;
  readonly booleans: ReadonlyMap<number, boolean>;
}

export type Outcome =
  | { readonly status: 'unsatisfiable' }
  | { readonly status: 'satisfiable'; readonly model: Model }
  /** The budget ran out. */
  | { readonly status: 'unknown' };

export interface SolveOptions {
  /** Search nodes after which the answer is `unknown`. */
  readonly budget?: number;
  /** Facts to add for the symbols that a problem uses, beyond their definitions. */
  readonly lemmas?: (symbols: ReadonlySet<number>) => readonly Formula[];
  /** Symbols that the contradiction is expected near: what is said of them is branched on first. */
  readonly seeds?: Iterable<number>;
  /** Picks among allowed values when a model is made: bounds (perhaps infinite) to a value within. */
  readonly pick?: (low: number, high: number, symbol: number) => number;
}

/**
 * Decides a conjunction of formulas over Booleans and difference constraints: DPLL, with a closed difference
 * graph as theory. `unsatisfiable` is a proof; `satisfiable` comes with values, which on uneven grids need not
 * be integral solutions and are therefore only candidates.
 */
export function solve(context: Context, formulas: readonly Formula[], options: SolveOptions = {}): Outcome {
  const search = new Search(context, withDefinitions(context, formulas, options.lemmas), options);
  return search.run();
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

/** The formulas, with the definitions of every symbol they mention, transitively. */
export function withDefinitions(
  context: Context,
  formulas: readonly Formula[],
  lemmas?: SolveOptions['lemmas'],
): Formula[] {
  const all = [...formulas];
  const symbols = new Set<number>([1]);
  const seen = new Set<number>();
  let from = 0;
  let lastSize = -1;
  const visit = (formula: Formula): void => {
    if (seen.has(formula.id)) return;
    seen.add(formula.id);
    if (formula.kind === 'and' || formula.kind === 'or') formula.items.forEach(visit);
    else if (formula.kind === 'bool') symbols.add(formula.symbol);
    else if (formula.kind === 'le') symbols.add(formula.x).add(formula.y);
  };
  const defined = new Set<number>();
  while (symbols.size !== lastSize || from < all.length) {
    lastSize = symbols.size;
    for (; from < all.length; from++) visit(all[from] as Formula);
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

type Value = 'true' | 'false' | 'open';

interface State {
  readonly closure: Closure;
  readonly booleans: Map<number, boolean>;
  clauses: Formula[];
}

function copyOf(state: State): State {
  return { closure: state.closure.copy(), booleans: new Map(state.booleans), clauses: [] };
}

class Search {
  readonly #index = new Map<number, number>([[0, 0]]);
  readonly #symbols: number[] = [0];
  readonly #root: State;
  readonly #formulas: readonly Formula[];
  readonly #context: Context;
  /** Links from the seeds, by symbol; and the nearest symbol's, by clause. */
  readonly #distances: ReadonlyMap<number, number>;
  readonly #ranks = new Map<number, number>();
  #steps = 0;

  constructor(
    context: Context,
    formulas: readonly Formula[],
    readonly options: SolveOptions,
  ) {
    this.#formulas = formulas;
    this.#context = context;
    this.#distances = distancesFrom(context, formulas, options.seeds ?? []);
    const seen = new Set<number>();
    const visit = (formula: Formula): void => {
      if (seen.has(formula.id)) return;
      seen.add(formula.id);
      if (formula.kind === 'and' || formula.kind === 'or') formula.items.forEach(visit);
      else if (formula.kind === 'le') {
        this.#place(formula.x);
        this.#place(formula.y);
      }
    };
    formulas.forEach(visit);
    const grids = this.#symbols.map((symbol) => context.grids.get(symbol));
    // Zero lies on every grid: a step of 0 leaves the other symbol's own.
    if (grids.some((grid) => grid !== undefined)) grids[0] = { size: 0, offset: 0 };
    this.#root = { closure: new Closure(this.#symbols.length, grids), booleans: new Map(), clauses: [] };
  }

  run(): Outcome {
    const state = this.#root;
    if (!this.#formulas.every((formula) => this.#assert(state, formula))) return { status: 'unsatisfiable' };
    return this.#search(state);
  }

  rootBounds(): ((x: number, y: number) => number) | undefined {
    const state = this.#root;
    if (!this.#formulas.every((formula) => this.#assert(state, formula))) return undefined;
    if (!this.#propagate(state)) return undefined;
    return (x, y) => {
      const i = this.#index.get(x);
      const j = this.#index.get(y);
      return i === undefined || j === undefined ? Number.POSITIVE_INFINITY : state.closure.bound(i, j);
    };
  }

  #place(symbol: number): number {
    const known = this.#index.get(symbol);
    if (known !== undefined) return known;
    const place = this.#symbols.length;
    this.#symbols.push(symbol);
    this.#index.set(symbol, place);
    return place;
  }

  #search(state: State): Outcome {
    this.#steps += 1;
    if (this.#steps > (this.options.budget ?? 3000)) return { status: 'unknown' };
    if (!this.#propagate(state)) return { status: 'unsatisfiable' };
    const [clause, rest] = this.#next(state);
    if (clause === undefined) return { status: 'satisfiable', model: this.#model(state) };
    for (const [place, choice] of clause.entries()) {
      // Nobody looks at the state again after the last choice.
      const next = place === clause.length - 1 ? state : copyOf(state);
      next.clauses = [...rest];
      if (this.#assert(next, choice)) {
        const outcome = this.#search(next);
        if (outcome.status !== 'unsatisfiable') return outcome;
      }
      if (next === state) break;
      // What led nowhere is false from here on.
      if (!this.#deny(state, choice)) break;
    }
    return { status: 'unsatisfiable' };
  }

  /** Adds a formula; false when it contradicts the state. */
  #assert(state: State, formula: Formula): boolean {
    switch (formula.kind) {
      case 'true':
        return true;
      case 'false':
        return false;
      case 'bool': {
        const known = state.booleans.get(formula.symbol);
        state.booleans.set(formula.symbol, formula.positive);
        return known === undefined || known === formula.positive;
      }
      case 'le':
        state.closure.add(this.#place(formula.x), this.#place(formula.y), formula.c);
        return state.closure.feasible;
      case 'and':
        return formula.items.every((item) => this.#assert(state, item));
      case 'or':
        state.clauses.push(formula);
        return true;
    }
  }

  /** Adds the opposite of a formula where that is an atom, too; false when it contradicts the state. */
  #deny(state: State, formula: Formula): boolean {
    if (formula.kind === 'bool') {
      const known = state.booleans.get(formula.symbol);
      state.booleans.set(formula.symbol, !formula.positive);
      return known !== formula.positive;
    }
    // x - y > c over integers is y - x <= -c - 1.
    if (formula.kind === 'le')
      state.closure.add(this.#place(formula.y), this.#place(formula.x), -formula.c - 1);
    return state.closure.feasible;
  }

  /** Drops what holds, asserts what is forced, until nothing changes; false on contradiction. */
  #propagate(state: State): boolean {
    for (let changed = true; changed; ) {
      changed = false;
      const clauses = state.clauses;
      state.clauses = [];
      for (const clause of clauses) {
        if (clause.kind !== 'or') continue;
        const open: Formula[] = [];
        let holds = false;
        for (const item of clause.items) {
          const value = this.#value(state, item);
          if (value === 'true') {
            holds = true;
            break;
          }
          if (value === 'open') open.push(item);
        }
        if (holds) continue;
        const [only] = open;
        if (only === undefined) return false;
        if (open.length === 1) {
          if (!this.#assert(state, only)) return false;
          changed = true;
        } else state.clauses.push(clause);
      }
    }
    return true;
  }

  #value(state: State, formula: Formula): Value {
    switch (formula.kind) {
      case 'true':
      case 'false':
        return formula.kind;
      case 'bool': {
        const known = state.booleans.get(formula.symbol);
        return known === undefined ? 'open' : known === formula.positive ? 'true' : 'false';
      }
      case 'le': {
        const x = this.#place(formula.x);
        const y = this.#place(formula.y);
        if (state.closure.bound(x, y) <= formula.c) return 'true';
        return state.closure.bound(y, x) + formula.c < 0 ? 'false' : 'open';
      }
      case 'and': {
        let result: Value = 'true';
        for (const item of formula.items) {
          const value = this.#value(state, item);
          if (value === 'false') return 'false';
          if (value === 'open') result = 'open';
        }
        return result;
      }
      case 'or': {
        let result: Value = 'false';
        for (const item of formula.items) {
          const value = this.#value(state, item);
          if (value === 'true') return 'true';
          if (value === 'open') result = 'open';
        }
        return result;
      }
    }
  }

  /** Of the clauses nearest to the seeds the one with the fewest open choices, and the other clauses. */
  #next(state: State): [readonly Formula[] | undefined, readonly Formula[]] {
    let best: readonly Formula[] | undefined;
    let chosen: Formula | undefined;
    let bestRank = Number.POSITIVE_INFINITY;
    for (const clause of state.clauses) {
      if (clause.kind !== 'or') continue;
      const rank = this.#rankOf(clause);
      if (rank > bestRank) continue;
      const open = clause.items.filter((item) => this.#value(state, item) === 'open');
      if (best === undefined || rank < bestRank || open.length < best.length) {
        best = open;
        chosen = clause;
        bestRank = rank;
      }
    }
    return [best, state.clauses.filter((clause) => clause !== chosen)];
  }

  #rankOf(clause: Formula): number {
    const known = this.#ranks.get(clause.id);
    if (known !== undefined) return known;
    let rank = FAR;
    for (const symbol of this.#context.symbolsOf(clause))
      rank = Math.min(rank, this.#distances.get(symbol) ?? FAR);
    this.#ranks.set(clause.id, rank);
    return rank;
  }

  /** Values one after another, each within the bounds that the earlier ones leave. */
  #model(state: State): Model {
    const integers = new Map<number, number>([[0, 0]]);
    const order = [...this.#symbols.keys()].filter((place) => place !== 0);
    order.sort((a, b) => Number(this.#symbols[b] === 1) - Number(this.#symbols[a] === 1));
    for (const place of order) {
      const symbol = this.#symbols[place] as number;
      let low = Number.NEGATIVE_INFINITY;
      let high = Number.POSITIVE_INFINITY;
      for (const [known, value] of integers) {
        const other = this.#place(known);
        low = Math.max(low, value - state.closure.bound(other, place));
        high = Math.min(high, value + state.closure.bound(place, other));
      }
      integers.set(symbol, (this.options.pick ?? pickAny)(low, high, symbol));
    }
    return { integers, booleans: state.booleans };
  }
}

const FAR = 1000;

/** How many formulas lie between each symbol and the seeds; zero and the prediction time link nothing. */
function distancesFrom(
  context: Context,
  formulas: readonly Formula[],
  seeds: Iterable<number>,
): ReadonlyMap<number, number> {
  const distances = new Map([...seeds].map((symbol) => [symbol, 0]));
  if (distances.size === 0) return distances;
  const conjuncts = formulas.flatMap((formula) => (formula.kind === 'and' ? formula.items : [formula]));
  let waiting = conjuncts.map((formula) => [...context.symbolsOf(formula)].filter((symbol) => symbol > 1));
  for (let distance = 1; distances.size > 0 && distance < 12; distance++) {
    const reached = waiting.filter((symbols) => symbols.some((symbol) => distances.has(symbol)));
    if (reached.length === 0) break;
    waiting = waiting.filter((symbols) => !symbols.some((symbol) => distances.has(symbol)));
    for (const symbol of reached.flat()) if (!distances.has(symbol)) distances.set(symbol, distance);
  }
  return distances;
}

function pickAny(low: number, high: number): number {
  if (Number.isFinite(low)) return low;
  return Number.isFinite(high) ? high : 0;
}
