import type { Tree } from '../format/model.ts';

/** A decision on the way to a leaf. */
export interface Step {
  readonly node: number;
  readonly left: boolean;
}

/** A part of a tree small enough for a table: the subtree at `root`, below the decisions of `path`. */
export interface Subtree {
  readonly root: number;
  readonly path: readonly Step[];
  /** Decisions of the subtree, in the order of their bits. */
  readonly nodes: readonly number[];
  readonly leaves: readonly { readonly leaf: number; readonly below: readonly Step[] }[];
}

/**
 * Cuts a tree into maximal subtrees whose table has at most `bits` bits.
 *
 * @param pathBits how many bits the decisions above take: for SHAP one a distinct feature, for a score one in all
 */
export function cutTree(tree: Tree, bits: number, pathBits: (path: readonly Step[]) => number): Subtree[] {
  const sizes = new Int32Array(tree.numLeaves);
  const size = (child: number): number => {
    if (child < 0) return 0;
    sizes[child] = 1 + size(tree.leftChild[child]!) + size(tree.rightChild[child]!);
    return sizes[child]!;
  };
  if (tree.numLeaves > 1) size(0);
  const cut: Subtree[] = [];
  const visit = (child: number, path: readonly Step[]): void => {
    if (child >= 0 && pathBits(path) + sizes[child]! > bits) {
      visit(tree.leftChild[child]!, [...path, { node: child, left: true }]);
      visit(tree.rightChild[child]!, [...path, { node: child, left: false }]);
      return;
    }
    const nodes: number[] = [];
    const leaves: { leaf: number; below: readonly Step[] }[] = [];
    const walk = (at: number, below: readonly Step[]): void => {
      if (at < 0) {
        leaves.push({ leaf: ~at, below });
        return;
      }
      nodes.push(at);
      walk(tree.leftChild[at]!, [...below, { node: at, left: true }]);
      walk(tree.rightChild[at]!, [...below, { node: at, left: false }]);
    };
    walk(child, []);
    cut.push({ root: child, path, nodes, leaves });
  };
  visit(0, []);
  return cut;
}
