import type { BinnedData } from '../binning/binned.ts';
import type { LeafTotals, Split, SplitRules } from '../splitting/split.ts';
import type { SplitSearch } from './feature-search.ts';

/** A leaf whose split is wanted. */
export interface LeafTask {
  readonly totals: LeafTotals;
  /** Columns decided on above; kept where interactions are constrained. */
  readonly path: readonly number[];
  /** Positions in `used` that may still gain something. */
  readonly hopeful: Int32Array;
  /** Histogram slot. */
  readonly slot: number;
  /** Number of the leaf within its tree; with the seeds it decides what is random. */
  readonly node: number;
}

/** What a search over a leaf's features found. */
export interface LeafSearch {
  readonly best: Split | null;
  /** Positions in `used` the leaf's children may still be split on. */
  readonly hopeful: Int32Array;
}

export interface SplitTask {
  /** The leaf to split; it becomes the left one. */
  readonly leaf: number;
  /** The leaf that takes the right rows. */
  readonly into: number;
  /** Column index. */
  readonly feature: number;
  /** By bin: 1 goes left. */
  readonly goesLeft: Uint8Array;
  /** The side whose histogram is accumulated; null when no child will be split. */
  readonly accumulate: 'left' | 'right' | null;
}

/** What a tree is grown from, apart from the data. */
export interface TreeSpec {
  readonly rules: SplitRules;
  readonly search: SplitSearch;
  readonly maxLeaves: number;
  readonly maxDepth: number;
}

/**
 * The work a tree's growth asks for. All threads of a shared engine run the same growth and meet in these calls;
 * each call returns the same on every thread.
 */
export interface TreeEngine {
  readonly binned: Pick<BinnedData, 'mappers' | 'used'>;
  /** Takes all rows in play as leaf 0 and accumulates their histogram; returns their quantised sums. */
  start(): { readonly gradient: number; readonly hessian: number; readonly count: number };
  /** Parts a leaf's rows; returns how many went left. */
  split(task: SplitTask): number;
  /**
   * Finds the best splits: of `fresh`, whose histogram has just been accumulated, and of `rest`, whose slot holds
   * its parent's histogram and is left with the difference.
   */
  search(fresh: LeafTask, rest: LeafTask | null): readonly [fresh: LeafSearch, rest: LeafSearch | null];
}
