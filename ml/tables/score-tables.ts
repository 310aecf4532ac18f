import type { Tree } from '../format/model.ts';
import type { PatternTable } from './shap-tables.ts';
import { cutTree } from './subtrees.ts';

/** A tree's scores as pattern tables: the path from above is one bit, the subtree's decisions one each. */
export function scoreTables(tree: Tree, bits: number, output: number): PatternTable[] {
  if (tree.numLeaves === 1) return [];
  return cutTree(tree, bits, (path) => (path.length > 0 ? 1 : 0)).map(({ path, nodes, leaves }) => {
    const above = path.length > 0 ? 1 : 0;
    const bitOf = new Map(nodes.map((node, i) => [node, above + i]));
    const values = new Float64Array(1 << (above + nodes.length));
    for (const { leaf, below } of leaves) {
      let mask = above;
      let wanted = above;
      for (const { node, left } of below) {
        const bit = 1 << bitOf.get(node)!;
        mask |= bit;
        if (left) wanted |= bit;
      }
      for (let pattern = 0; pattern < values.length; pattern++) {
        if ((pattern & mask) === wanted) values[pattern]! += tree.leafValue[leaf]!;
      }
    }
    const conditions = [...(above === 1 ? [path] : []), ...nodes.map((node) => [{ node, left: true }])];
    return { conditions, outputs: [{ output, values }] };
  });
}
