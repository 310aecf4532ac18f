import type { BooleanTerm } from '../../symbolic/term.ts';
import type { Derivation } from '../derivation.ts';
import { isSubset, possible, presence, replacement, touched } from '../moves.ts';
import type { Move } from '../relation.ts';
import { type JoinShape, matches, rightRow } from './join.ts';

/** SEMI, ANTI and MARK joins (EXISTS, IN, NOT IN): left rows, by whether a right row matches. */
export function existenceMoves(derive: Derivation, shape: JoinShape): Move[] {
  return [...leftMoves(derive, shape), ...rightMoves(derive, shape)];
}

/** A left row comes, goes or changes. */
function leftMoves(derive: Derivation, shape: JoinShape): Move[] {
  const { context } = derive.analysis;
  const moves = derive.moves(shape.node.left, shape.scope).flatMap((move): (Move | undefined)[] => {
    const changes = touched(context, move, shape.leftReads);
    const same = changes.id === context.f.false.id;
    const found =
      shape.type === 'semi'
        ? [
            (() => {
              const right = rightRow(derive, shape, move.after);
              return context.f.and(...right.facts, matches(derive, shape, move.after, right.columns).isTrue);
            })(),
          ]
        : [];
    if (shape.type === 'mark') {
      const mark = context.unknown('BOOLEAN', 'mark', true);
      const other = same ? mark : context.unknown('BOOLEAN', 'mark', true);
      const after = [...move.after, mark];
      if (move.sign !== '~') {
        const keeps = isSubset(shape.leftReads, move.anchored) && move.anchored.size > 0;
        const anchored = keeps ? new Set([...move.anchored, move.after.length]) : move.anchored;
        return [
          presence(move, move.sign, after, move.facts, { anchored, net: move.net, paired: move.paired }),
        ];
      }
      return [
        replacement(context, move, [...move.before, other], after, move.facts, (column) =>
          column === move.after.length ? changes : (move.changed[column] ?? context.f.false),
        ),
      ];
    }
    if (move.sign !== '~') {
      const rest = isSubset(shape.leftReads, move.anchored)
        ? { anchored: move.anchored, net: move.net, paired: move.paired }
        : {};
      return [presence(move, move.sign, move.after, [...move.facts, ...found], rest)];
    }
    if (same) return [{ ...move, facts: [...move.facts, ...found] }];
    return [
      move,
      presence(move, '+', move.after, [...move.facts, changes]),
      presence(move, '-', move.before, [...move.facts, changes]),
    ];
  });
  return possible(context, moves);
}

/** A right row comes, goes or changes: left rows that match it may find or lose their match. */
function rightMoves(derive: Derivation, shape: JoinShape): Move[] {
  const { context } = derive.analysis;
  const { f } = context;
  const left = derive.row(shape.node.left, shape.scope);
  const moves = derive.moves(shape.node.right, shape.rightScope(left.columns)).flatMap((move) => {
    const changes = move.sign === '~' ? touched(context, move, shape.rightReads) : f.true;
    if (changes.id === f.false.id) return [];
    const facts = [...left.facts, ...move.facts, changes];
    const on = (row: Move['after']): BooleanTerm => matches(derive, shape, left.columns, row);
    const rows = move.sign === '~' ? [move.before, move.after] : [move.after];
    if (shape.type === 'mark') {
      const [before, after] = [
        context.unknown('BOOLEAN', 'mark', true),
        context.unknown('BOOLEAN', 'mark', true),
      ];
      // A row that does not match leaves the mark alone; one that may (NULL) can turn FALSE into NULL.
      const concerns = f.or(...rows.map((row) => f.not(on(row).isFalse)));
      return [
        replacement(context, move, [...left.columns, before], [...left.columns, after], [...facts, concerns]),
      ];
    }
    const gain = shape.type === 'semi' ? '+' : '-';
    const lose = shape.type === 'semi' ? '-' : '+';
    const signs =
      move.sign === '+'
        ? [[gain, move.after] as const]
        : move.sign === '-'
          ? [[lose, move.after] as const]
          : [[gain, move.after] as const, [lose, move.before] as const];
    // What an anti join takes away (an earlier delivery of the same row) is no part of the row that stays.
    const via = { origin: move.origin, indirect: shape.type === 'anti' };
    return signs.map(([sign, row]) => presence(via, sign, left.columns, [...facts, on(row).isTrue]));
  });
  return possible(context, moves);
}
