import type { Tree } from '../format/model.ts';

/** |x| up to this is zero to a model. LightGBM's kZeroThreshold is a float. */
const zero = Math.fround(1e-35);

/** Whether value x goes left at decision `node` (LightGBM's Tree::NumericalDecision and CategoricalDecision). */
export function goesLeft(tree: Tree, node: number, x: number): boolean {
  const type = tree.decisionType[node]!;
  if ((type & 1) === 1) return inSet(tree, tree.threshold[node]!, x);
  const missing = (type >> 2) & 3;
  const value = Number.isNaN(x) && missing !== 2 ? 0 : x;
  if ((missing === 1 && Math.abs(value) <= zero) || (missing === 2 && Number.isNaN(value)))
    return (type & 2) !== 0;
  return value <= tree.threshold[node]!;
}

function inSet(tree: Tree, set: number, x: number): boolean {
  if (!(x > -1)) return false; // NaN and negatives
  const code = Math.trunc(x);
  const start = tree.catBoundaries[set]!;
  const word = code >= 2 ** 31 ? Infinity : code >> 5;
  if (start + word >= tree.catBoundaries[set + 1]!) return false;
  return ((tree.catThreshold[start + word]! >>> (code & 31)) & 1) === 1;
}
