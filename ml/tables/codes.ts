import type { Tree } from '../format/model.ts';

/** How a feature's values become one byte a row, exact for every decision of the model. */
export type FeatureCode =
  | { readonly kind: 'unused' }
  | {
      readonly kind: 'ranked';
      /** Distinct thresholds of the model on this feature, ascending; at most 254. */
      readonly thresholds: Float64Array;
      readonly missing: 0 | 1 | 2;
    }
  /** The category's own code; 255 for missing, unknown and codes no decision names. */
  | { readonly kind: 'category' };

const mostThresholds = 254;

/**
 * The codes of all features, or null when a byte is not enough: more than 254 thresholds or categories, or decisions
 * of one feature that disagree on what is missing (then the row-by-row algorithms serve).
 */
export function featureCodes(trees: readonly Tree[], features: number): readonly FeatureCode[] | null {
  const thresholds = Array.from({ length: features }, () => new Set<number>());
  const types = Array.from({ length: features }, () => new Set<number>());
  for (const tree of trees) {
    for (let node = 0; node < tree.numLeaves - 1; node++) {
      const f = tree.splitFeature[node]!;
      const type = tree.decisionType[node]!;
      if ((type & 1) === 1) {
        types[f]!.add(-1);
        const set = tree.threshold[node]!;
        const words = tree.catBoundaries[set + 1]! - tree.catBoundaries[set]!;
        if (words > 8 || topCategory(tree, set) >= mostThresholds) return null;
      } else {
        types[f]!.add((type >> 2) & 3);
        thresholds[f]!.add(tree.threshold[node]!);
      }
    }
  }
  const codes: FeatureCode[] = [];
  for (let f = 0; f < features; f++) {
    const kinds = [...types[f]!];
    if (kinds.length > 1 || thresholds[f]!.size > mostThresholds) return null;
    const [kind] = kinds;
    if (kind === undefined) codes.push({ kind: 'unused' });
    else if (kind === -1) codes.push({ kind: 'category' });
    else
      codes.push({
        kind: 'ranked',
        thresholds: Float64Array.from(thresholds[f]!).sort(),
        missing: kind as 0,
      });
  }
  return codes;
}

function topCategory(tree: Tree, set: number): number {
  for (let code = 255; code >= 0; code--) if (inSet(tree, set, code)) return code;
  return -1;
}

/** Whether a category code is in a decision's set. */
export function inSet(tree: Tree, set: number, code: number): boolean {
  const word = tree.catBoundaries[set]! + (code >> 5);
  return word < tree.catBoundaries[set + 1]! && ((tree.catThreshold[word]! >>> (code & 31)) & 1) === 1;
}
