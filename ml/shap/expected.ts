import { MlError } from '../error.ts';
import type { Model, Tree } from '../format/model.ts';

/** Refuses what cannot be explained exactly. @throws MlError CH810 */
export function checkExplainable(model: Model): void {
  if (model.trees.some((tree) => tree.linear !== undefined)) {
    throw new MlError('CH810', 'Linear trees cannot be explained exactly.', 'Train without linear_tree.');
  }
  if (model.trees.some((tree) => tree.numLeaves > 1 && !tree.leafCount.some((count) => count > 0))) {
    throw new MlError(
      'CH810',
      'The model text has no leaf counts, which SHAP needs.',
      'Save it with leaf_count.',
    );
  }
}

/** Rows of the training data that reached a child. */
export function childCount(tree: Tree, child: number): number {
  return child >= 0 ? tree.internalCount[child]! : tree.leafCount[~child]!;
}

/** Mean output of a tree over its training rows. */
export function expectedValue(tree: Tree): number {
  if (tree.numLeaves === 1) return tree.leafValue[0]!;
  const total = tree.internalCount[0]!;
  let sum = 0;
  for (let leaf = 0; leaf < tree.numLeaves; leaf++)
    sum += (tree.leafCount[leaf]! / total) * tree.leafValue[leaf]!;
  return sum;
}
