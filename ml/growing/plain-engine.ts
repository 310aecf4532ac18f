import type { BinnedData } from '../binning/binned.ts';
import { accumulate, type HistogramLayout, subtract } from '../histogram/histogram.ts';
import { gainToBeat } from '../splitting/gain.ts';
import type { Split } from '../splitting/split.ts';
import type { LeafSearch, LeafTask, TreeEngine, TreeSpec } from './engine.ts';
import { bestOf, featuresToSearch, searchFeature } from './feature-search.ts';
import { partition } from './partition.ts';

/** Everything a tree grows from on one thread. */
export interface PlainInput {
  readonly binned: BinnedData;
  readonly layout: HistogramLayout;
  readonly cells: Uint16Array | Uint32Array;
  /** Quantised gradient and hessian of each row, interleaved. */
  readonly gh: Float64Array;
  /** The rows to learn from, reordered in place: each leaf ends up with a contiguous range. */
  readonly rows: Uint32Array;
  readonly scratch: Uint32Array;
  /** Histograms by slot, kept between trees. */
  readonly pool: Float64Array[];
}

/** Says where in `rows` a leaf's rows are. */
export interface PlainEngine extends TreeEngine {
  rowsOf(leaf: number): Uint32Array;
}

/** The engine in plain TypeScript: the specification of the shared one. */
export function plainEngine(input: PlainInput, spec: TreeSpec): PlainEngine {
  const { binned, layout, cells, gh, rows, scratch, pool } = input;
  const width = binned.used.length;
  const { rules, search } = spec;
  const accumulated = new Float64Array(2 * layout.totalBins);
  const starts = [0];
  const ends = [rows.length];

  const histogramOf = (slot: number): Float64Array => {
    pool[slot] ??= new Float64Array(2 * layout.totalBins);
    return pool[slot];
  };
  const find = (leaf: LeafTask): LeafSearch => {
    const histogram = histogramOf(leaf.slot);
    const toBeat = gainToBeat(leaf.totals, rules);
    const features = featuresToSearch(search, binned.used, leaf);
    const found = new Map<number, Split>();
    for (const k of features) {
      const feature = binned.used[k]!;
      const mapper = binned.mappers[feature]!;
      const at = layout.offsets[k]!;
      const split = searchFeature(histogram, at, k, feature, mapper, leaf, toBeat, rules, search);
      if (split !== null) found.set(k, split);
    }
    const gainOf = (k: number): number => found.get(k)?.gain ?? Number.NaN;
    return bestOf(features, gainOf, (k) => found.get(k) ?? null, leaf, search);
  };

  return {
    binned,
    start() {
      let gradient = 0;
      let hessian = 0;
      for (const row of rows) {
        gradient += gh[2 * row]!;
        hessian += gh[2 * row + 1]!;
      }
      accumulate(cells, width, rows, 0, rows.length, gh, accumulated);
      return { gradient, hessian, count: rows.length };
    },
    split({ leaf, into, feature, goesLeft, accumulate: side }) {
      const [start, end] = [starts[leaf]!, ends[leaf]!];
      const left = partition(rows, start, end, binned.columns[feature]!, goesLeft, scratch);
      const cut = start + left;
      ends[leaf] = cut;
      starts[into] = cut;
      ends[into] = end;
      if (side === 'left') accumulate(cells, width, rows, start, cut, gh, accumulated);
      if (side === 'right') accumulate(cells, width, rows, cut, end, gh, accumulated);
      return left;
    },
    search(fresh, rest) {
      const histogram = histogramOf(fresh.slot);
      histogram.set(accumulated);
      accumulated.fill(0);
      if (rest !== null) subtract(histogramOf(rest.slot), histogram);
      return [find(fresh), rest === null ? null : find(rest)];
    },
    rowsOf: (leaf) => rows.subarray(starts[leaf], ends[leaf]),
  };
}
