import type { DistinctOperator } from '../../../sql/index.ts';
import type { Rules } from '../derivation.ts';
import { ownKey } from '../keys.ts';
import { isSubset, possible, presence, readBy, replacement, split, touched } from '../moves.ts';
import type { Move } from '../relation.ts';

/** DISTINCT, and DISTINCT ON: one row per key, of which any column may be another member's. */
export const distinctRules: Rules<DistinctOperator> = {
  row: (derive, node, scope) => derive.row(node.child, scope),
  moves: (derive, node, scope) => {
    const { context } = derive.analysis;
    const moves = derive.moves(node.child, scope);
    if (!node.on) {
      const everything = new Set(
        Array.from({ length: derive.width(node.child, scope) }, (_, index) => index),
      );
      // Copies may remain or have been there: how many distinct rows there are can go either way.
      return moves
        .flatMap((move) => split(context, move))
        .filter((move) => !isSubset(everything, move.anchored))
        .map((move) => (move.paired ? { ...move, net: move.sign as '+' | '-' } : move));
    }
    const reads = readBy(node.targets);
    const keyColumns = new Set(
      node.targets.flatMap((target) => (target.kind === 'ref' ? [target.index] : [])),
    );
    return possible(
      context,
      moves.flatMap((move): (Move | undefined)[] => {
        const rekeyed = touched(context, move, reads);
        const parts: { sign: '+' | '-' | '~'; row: Move['after'] }[] =
          move.sign !== '~'
            ? [{ sign: move.sign, row: move.after }]
            : rekeyed.id === context.f.false.id
              ? [{ sign: '~', row: move.after }]
              : [
                  { sign: '-', row: move.before },
                  { sign: '+', row: move.after },
                ];
        return parts.flatMap(({ sign, row }) => {
          // Another member stands, or stood, for the group.
          const other = row.map((term, index) =>
            keyColumns.has(index) ? term : context.like(term, 'chosen'),
          );
          const another = row.map((term, index) =>
            keyColumns.has(index) ? term : context.like(term, 'chosen'),
          );
          const swap = replacement(context, move, other, another, move.facts);
          if (sign === '~' || (move.anchored.size > 0 && isSubset(reads, move.anchored))) return [swap];
          return [swap, presence(move, sign, row, move.facts)];
        });
      }),
    );
  },
  keys: (derive, node, scope) => {
    const below = derive.keys(node.child, scope);
    const targets = node.targets.map((target) => (target.kind === 'ref' ? target.index : -1));
    return targets.includes(-1) ? below : [...below, ownKey([...new Set(targets)])];
  },
  width: (derive, node, scope) => derive.width(node.child, scope),
};
