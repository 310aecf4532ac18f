import type { UnnestOperator } from '../../../sql/index.ts';
import type { Rules } from '../derivation.ts';
import { isSubset, possible, presence, readBy, split, touched } from '../moves.ts';
import { volatileMoves } from './volatile.ts';

/** One row per element of a list; the elements are unknown values. */
export const unnestRules: Rules<UnnestOperator> = {
  row: (derive, node, scope) => {
    const { context } = derive.analysis;
    const child = derive.row(node.child, scope);
    const elements = node.expressions.map(({ type }) => context.unknown(type, 'element', true));
    return { columns: [...child.columns, ...elements], facts: child.facts };
  },
  moves: (derive, node, scope) => {
    const { context } = derive.analysis;
    const reads = readBy(node.expressions);
    const moves = derive.moves(node.child, scope).flatMap((move) => {
      const elements = node.expressions.map(({ type }) => context.unknown(type, 'element', true));
      if (move.sign === '~') {
        const relisted = touched(context, move, reads);
        if (relisted.id === context.f.false.id) {
          return [
            {
              ...move,
              before: [...move.before, ...elements],
              after: [...move.after, ...elements],
              changed: [...move.changed, ...elements.map(() => context.f.false)],
            },
          ];
        }
        return split(context, move).map((part) =>
          presence(move, part.sign as '+' | '-', [...part.after, ...elements], part.facts),
        );
      }
      const keeps = move.anchored.size > 0 && isSubset(reads, move.anchored);
      const anchored = new Set([...move.anchored, ...elements.map((_, index) => move.after.length + index)]);
      const rest = keeps ? { anchored, net: move.net, paired: move.paired } : {};
      return [presence(move, move.sign, [...move.after, ...elements], move.facts, rest)];
    });
    return [...possible(context, moves), ...volatileMoves(derive, node, scope, node.expressions)];
  },
  keys: () => [],
  width: (derive, node, scope) => derive.width(node.child, scope) + node.expressions.length,
};
