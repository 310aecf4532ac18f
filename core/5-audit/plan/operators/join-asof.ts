import type { Derivation } from '../derivation.ts';
import { isSubset, possible, presence, replacement, split, touched } from '../moves.ts';
import type { Move } from '../relation.ts';
import { type JoinShape, matches, rightRow } from './join.ts';

/** ASOF joins: each left row with the nearest right row that matches. Any match may become, or have been, the nearest. */
export function asofMoves(derive: Derivation, shape: JoinShape): Move[] {
  const { context } = derive.analysis;
  const { f } = context;
  if (shape.keepsRight) return opaqueAsof(derive, shape);
  const left = derive.row(shape.node.left, shape.scope);
  const fromRight = derive.moves(shape.node.right, shape.scope).flatMap((move) => {
    const changes = touched(context, move, shape.rightReads);
    const on = (row: Move['after']) => matches(derive, shape, left.columns, row).isTrue;
    const facts = [...left.facts, ...move.facts];
    if (move.sign === '~' && changes.id === f.false.id) {
      return [
        replacement(
          context,
          move,
          [...left.columns, ...move.before],
          [...left.columns, ...move.after],
          [...facts, on(move.after)],
          (column) => move.changed[column - shape.leftWidth] ?? f.false,
        ),
      ];
    }
    return split(context, move).flatMap((part) => {
      const other = part.after.map((term) => context.like(term, 'nearest otherwise'));
      const [before, after] = part.sign === '+' ? [other, part.after] : [part.after, other];
      const matched = [...facts, on(part.after)];
      const swap = replacement(
        context,
        move,
        [...left.columns, ...before],
        [...left.columns, ...after],
        matched,
      );
      const alone = presence(move, part.sign as '+' | '-', [...left.columns, ...part.after], matched);
      return shape.keepsLeft ? [swap] : [swap, alone];
    });
  });
  const anyRight = rightRow(derive, shape, []);
  const fromLeft = derive.moves(shape.node.left, shape.scope).flatMap((move) => {
    const changes = touched(context, move, shape.leftReads);
    const parts = changes.id === f.false.id ? [move] : split(context, move);
    return parts.map((part) => {
      const right = shape.correlated === undefined ? anyRight : rightRow(derive, shape, part.after);
      const has = shape.keepsLeft ? context.flag('matched') : f.true;
      const on = f.and(...right.facts, matches(derive, shape, part.after, right.columns).isTrue);
      const facts = [...part.facts, f.implies(has, on)];
      const join = (row: Move['after']) => [
        ...row,
        ...right.columns.map((term) => context.nullUnless(has, term)),
      ];
      if (part.sign === '~') {
        return replacement(
          context,
          move,
          join(part.before),
          join(part.after),
          facts,
          (column) => part.changed[column] ?? f.false,
        );
      }
      const keeps = isSubset(shape.leftReads, part.anchored) && part.anchored.size > 0;
      const stays = shape.keepsLeft || keeps;
      const anchored = new Set(stays ? part.anchored : []);
      if (keeps)
        for (let column = 0; column < shape.rightWidth; column++) anchored.add(shape.leftWidth + column);
      const rest = anchored.size > 0 ? { anchored, net: part.net, paired: part.paired } : {};
      return presence(move, part.sign, join(part.after), facts, rest);
    });
  });
  return possible(context, [...fromRight, ...fromLeft]);
}

/** ASOF joins that keep unmatched right rows: any change may add or remove any row. */
function opaqueAsof(derive: Derivation, shape: JoinShape): Move[] {
  const moves = [
    ...derive.moves(shape.node.left, shape.scope),
    ...derive.moves(shape.node.right, shape.scope),
  ];
  return moves.flatMap((move) => {
    const row = derive.row(shape.node, shape.scope);
    const facts = [...row.facts, ...move.facts];
    return [presence(move, '+', row.columns, facts), presence(move, '-', row.columns, facts)];
  });
}
