/** The set a categorical decision sends left. */
function categories(tree, node) {
  if ((tree.decisionType[node] & 1) === 0) return '';
  const set = tree.threshold[node];
  return tree.catThreshold.slice(tree.catBoundaries[set], tree.catBoundaries[set + 1]).join(' ');
}

/**
 * The number of leading splits of two trees that are the same. The first that is not must be a tie: its gains
 * differ by less than `tie` relative to the larger, or mean nothing beside the first split's.
 */
export function firstDifference(a, b, tie = 1e-3) {
  const most = Math.max(a.numLeaves, b.numLeaves) - 1;
  for (let i = 0; i < most; i++) {
    const same =
      ['splitFeature', 'threshold', 'decisionType'].every((key) => a[key][i] === b[key][i]) &&
      categories(a, i) === categories(b, i);
    if (same) continue;
    const [x, y] = [a.splitGain[i] ?? 0, b.splitGain[i] ?? 0];
    const tied = Math.abs(x - y) <= Math.max(tie * Math.max(x, y), 1e-9 * b.splitGain[0]);
    return { splits: i, of: most, tied };
  }
  return { splits: most, of: most, tied: true };
}
