import type { BinMapper } from '../binning/bin-mapper.ts';
import { hash3, sampleWithout } from '../random.ts';
import { findCategoricalSplit } from '../splitting/categorical.ts';
import { findNumericSplit } from '../splitting/numeric.ts';
import type { Split, SplitRules } from '../splitting/split.ts';
import type { LeafSearch, LeafTask } from './engine.ts';

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

/**
 * The best split of a leaf on one feature, or null.
 *
 * @param k position in `used`, recorded in the split
 * @param feature column index
 * @param at the feature's first bin in the histogram
 */
export function searchFeature(
  histogram: Float64Array,
  at: number,
  k: number,
  feature: number,
  mapper: BinMapper,
  leaf: LeafTask,
  toBeat: number,
  rules: SplitRules,
  search: SplitSearch,
): Split | null {
  if (mapper.kind === 'categorical') {
    return findCategoricalSplit(histogram, at, mapper.bins, k, leaf.totals, toBeat, rules);
  }
  const scan = {
    feature: k,
    bins: mapper.bins,
    missing: mapper.missing,
    zeroBin: mapper.zeroBin,
    direction: search.monotone[feature] ?? 0,
    onlyThreshold: search.extraTrees
      ? hash3(feature, search.tree * 65537 + leaf.node, search.extraSeed) % Math.max(1, mapper.bins - 1)
      : -1,
  };
  return findNumericSplit(histogram, at, scan, leaf.totals, toBeat, rules);
}

/**
 * The best of a leaf's splits by feature; of equal gains the lowest feature wins. As LightGBM, a feature that gains
 * nothing in a leaf is not tried again below it.
 *
 * @param gainOf the gain of a split on position k, NaN for none
 * @param splitOf the split itself; asked of the best one only
 */
export function bestOf(
  features: Int32Array,
  gainOf: (k: number) => number,
  splitOf: (k: number) => Split | null,
  leaf: LeafTask,
  search: SplitSearch,
): LeafSearch {
  let best = -1;
  let bestGain = 0;
  let hopeless = 0;
  for (let i = 0; i < features.length; i++) {
    const gain = gainOf(features[i]!);
    if (gain > bestGain) {
      best = features[i]!;
      bestGain = gain;
    } else if (Number.isNaN(gain)) hopeless++;
  }
  const split = best < 0 ? null : splitOf(best);
  if (search.extraTrees || hopeless === 0) return { best: split, hopeful: leaf.hopeful };
  return { best: split, hopeful: withoutHopeless(leaf.hopeful, features, gainOf) };
}

/** Both lists ascend, and what was tried is among the hopeful. */
function withoutHopeless(hopeful: Int32Array, tried: Int32Array, gainOf: (k: number) => number): Int32Array {
  const kept = new Int32Array(hopeful.length);
  let size = 0;
  let next = 0;
  for (let i = 0; i < hopeful.length; i++) {
    const k = hopeful[i]!;
    const wasTried = tried[next] === k;
    if (wasTried) next++;
    if (!(wasTried && Number.isNaN(gainOf(k)))) kept[size++] = k;
  }
  return kept.subarray(0, size);
}

/** Positions in `used` that a leaf is to be searched for, ascending. */
export function featuresToSearch(search: SplitSearch, used: Int32Array, leaf: LeafTask): Int32Array {
  let features = leaf.hopeful;
  if (search.interaction.length > 0) {
    const groups = search.interaction.filter((group) =>
      leaf.path.every((feature) => group.includes(feature)),
    );
    features = features.filter((k) => groups.some((group) => group.includes(used[k]!)));
  }
  if (search.fractionByNode < 1 && features.length > 1) {
    const count = Math.max(1, Math.round(features.length * search.fractionByNode));
    const stream = search.tree * 65537 + leaf.node;
    const picked = sampleWithout(features.length, count, stream, search.featureSeed);
    features = picked.map((i) => features[i]!);
  }
  return features;
}
