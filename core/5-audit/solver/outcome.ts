import type { Formula } from '../symbolic/formula.ts';

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
