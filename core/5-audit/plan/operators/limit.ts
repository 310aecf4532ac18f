import type { LimitOperator } from '../../../sql/index.ts';
import type { Rules } from '../derivation.ts';
import { possible, presence } from '../moves.ts';

/** LIMIT, OFFSET, SAMPLE: when any row changes, any other may enter or leave. */
export const limitRules: Rules<LimitOperator> = {
  row: (derive, node, scope) => derive.row(node.child, scope),
  moves: (derive, node, scope) => {
    const { context } = derive.analysis;
    const moves = derive.moves(node.child, scope).flatMap((move) => {
      const other = derive.row(node.child, scope);
      const facts = [...move.facts, ...other.facts];
      return [
        move.sign === '~' ? move : presence(move, move.sign, move.after, move.facts),
        presence(move, '+', other.columns, facts),
        presence(move, '-', other.columns, facts),
      ];
    });
    return possible(context, moves);
  },
  keys: (derive, node, scope) => derive.keys(node.child, scope),
  width: (derive, node, scope) => derive.width(node.child, scope),
};
