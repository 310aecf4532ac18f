import type { BinnedData } from '../binning/binned.ts';
import type { HistogramLayout } from '../histogram/histogram.ts';
import { hash3, sampleWithout } from '../random.ts';
import { findCategoricalSplit } from '../splitting/categorical.ts';
import { gainToBeat } from '../splitting/gain.ts';
import { findNumericSplit } from '../splitting/numeric.ts';
import type { LeafTotals, Split, SplitRules } from '../splitting/split.ts';

/** Which features a tree may use, and how. */
export interface SplitSearch {
  /** Positions in `used` this tree may split on, ascending. */
  readonly features: Int32Array;
  /** Share of them drawn anew for each leaf. */
  readonly fractionByNode: number;
  /** -1, 0, 1 by column index; empty for none. */
  readonly monotone: readonly number[];
  /** Groups of columns that may meet on a path; empty for no limit. */
  readonly interaction: readonly (readonly number[])[];
  readonly extraTrees: boolean;
  /** Number of the tree, which with the seeds decides everything random. */
  readonly tree: number;
  readonly featureSeed: number;
  readonly extraSeed: number;
}

interface SearchInput {
  readonly binned: BinnedData;
  readonly layout: HistogramLayout;
  readonly rules: SplitRules;
  readonly search: SplitSearch;
}

/** What a search over a leaf's features found. */
export interface LeafSearch {
  readonly best: Split | null;
  /** Positions in `used` the leaf's children may still be split on. */
  readonly hopeful: Int32Array;
}

/**
 * The best split of a leaf over the features it may use; of equal gains the lowest feature wins. As LightGBM, a
 * feature that gains nothing in a leaf is not tried again below it.
 *
 * @param hopeful the features the parent left over
 */
export function findLeafSplit(
  input: SearchInput,
  histogram: Float64Array,
  leaf: LeafTotals,
  path: readonly number[],
  hopeful: Int32Array,
  node: number,
): LeafSearch {
  const { binned, layout, rules, search } = input;
  const toBeat = gainToBeat(leaf, rules);
  let best: Split | null = null;
  const hopeless = new Set<number>();
  for (const k of featuresOf(search, hopeful, binned.used, path, node)) {
    const feature = binned.used[k]!;
    const mapper = binned.mappers[feature]!;
    const at = layout.offsets[k]!;
    const found =
      mapper.kind === 'categorical'
        ? findCategoricalSplit(histogram, at, mapper.bins, k, leaf, toBeat, rules)
        : findNumericSplit(
            histogram,
            at,
            {
              feature: k,
              bins: mapper.bins,
              missing: mapper.missing,
              zeroBin: mapper.zeroBin,
              direction: search.monotone[feature] ?? 0,
              onlyThreshold: search.extraTrees
                ? hash3(feature, search.tree * 65537 + node, search.extraSeed) % Math.max(1, mapper.bins - 1)
                : -1,
            },
            leaf,
            toBeat,
            rules,
          );
    if (found === null) hopeless.add(k);
    else if (found.gain > (best?.gain ?? 0)) best = found;
  }
  const noPruning = search.extraTrees || hopeless.size === 0;
  return { best, hopeful: noPruning ? hopeful : hopeful.filter((k) => !hopeless.has(k)) };
}

/** Positions in `used` that a leaf may split on. */
function featuresOf(
  search: SplitSearch,
  hopeful: Int32Array,
  used: Int32Array,
  path: readonly number[],
  node: number,
): Int32Array {
  let features = hopeful;
  if (search.interaction.length > 0) {
    const groups = search.interaction.filter((group) => path.every((feature) => group.includes(feature)));
    features = features.filter((k) => groups.some((group) => group.includes(used[k]!)));
  }
  if (search.fractionByNode < 1 && features.length > 1) {
    const count = Math.max(1, Math.round(features.length * search.fractionByNode));
    const picked = sampleWithout(features.length, count, search.tree * 65537 + node, search.featureSeed);
    features = picked.map((i) => features[i]!);
  }
  return features;
}
