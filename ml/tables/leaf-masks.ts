import type { Tree } from '../format/model.ts';

/** Most leaves of a tree whose leaves are bits of a word. */
export const mostMaskedLeaves = 32;

/** What a decision takes away when a row does not pass it. */
export interface LeafMask {
  readonly node: number;
  /** By eight leaves, where any are taken away: which eight, and the bits that stay. */
  readonly planes: readonly { readonly plane: number; readonly stay: number }[];
}

/** A tree as masks of its leaves, numbered from left to right. */
export interface LeafMasks {
  readonly masks: readonly LeafMask[];
  /** Values by that number. */
  readonly values: Float64Array;
}

/** A tree of 2 to 32 leaves as masks; see runLeafMasks in kernels/assembly/leaves.ts. */
export function leafMasks(tree: Tree): LeafMasks {
  const values: number[] = [];
  const masks: LeafMask[] = [];
  const visit = (child: number): void => {
    if (child < 0) {
      values.push(tree.leafValue[~child]!);
      return;
    }
    const from = values.length;
    visit(tree.leftChild[child]!);
    masks.push({ node: child, planes: withoutLeaves(from, values.length) });
    visit(tree.rightChild[child]!);
  };
  visit(0);
  return { masks, values: Float64Array.from(values) };
}

/** All leaves but those numbered [from, to). */
function withoutLeaves(from: number, to: number): LeafMask['planes'] {
  const planes: { plane: number; stay: number }[] = [];
  for (let plane = from >> 3; plane <= (to - 1) >> 3; plane++) {
    let stay = 0xff;
    for (let leaf = Math.max(from, plane * 8); leaf < Math.min(to, plane * 8 + 8); leaf++)
      stay &= ~(1 << (leaf & 7));
    planes.push({ plane, stay });
  }
  return planes;
}
