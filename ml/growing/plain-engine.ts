import type { BinnedData } from '../binning/binned.ts';
import { accumulate, type HistogramLayout, subtract } from '../histogram/histogram.ts';
import { gainToBeat } from '../splitting/gain.ts';
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

/** The engine in plain TypeScript: the specification of the shared one. */
export function plainEngine(input: PlainInput, spec: TreeSpec): TreeEngine {
  const { binned, layout, cells, gh, rows, scratch, pool } = input;
  const width = binned.used.length;
  const { rules, search } = spec;
  const accumulated = new Float64Array(2 * layout.totalBins);

  const histogramOf = (slot: number): Float64Array => {
    pool[slot] ??= new Float64Array(2 * layout.totalBins);
    return pool[slot];
  };
  const find = (leaf: LeafTask): LeafSearch => {
    const histogram = histogramOf(leaf.slot);
    const toBeat = gainToBeat(leaf.totals, rules);
    const features = featuresToSearch(search, binned.used, leaf);
    const found = Array.from(features, (k) => {
      const feature = binned.used[k]!;
      return searchFeature(
        histogram,
        layout.offsets[k]!,
        k,
        feature,
        binned.mappers[feature]!,
        leaf,
        toBeat,
        rules,
        search,
      );
    });
    return bestOf(features, found, leaf, search);
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
    split({ start, end, feature, goesLeft, accumulate: side }) {
      const left = partition(rows, start, end, binned.columns[feature]!, goesLeft, scratch);
      if (side === 'left') accumulate(cells, width, rows, start, start + left, gh, accumulated);
      if (side === 'right') accumulate(cells, width, rows, start + left, end, gh, accumulated);
      return left;
    },
    search(fresh, rest) {
      const histogram = histogramOf(fresh.slot);
      histogram.set(accumulated);
      accumulated.fill(0);
      if (rest !== null) subtract(histogramOf(rest.slot), histogram);
      return [find(fresh), rest === null ? null : find(rest)];
    },
    settle() {},
  };
}
