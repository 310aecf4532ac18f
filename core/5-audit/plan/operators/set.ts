import type { SetOperator } from '../../../sql/index.ts';
import type { Term } from '../../symbolic/term.ts';
import type { Rules } from '../derivation.ts';
import { possible, presence } from '../moves.ts';
import type { Move } from '../relation.ts';

/** UNION, EXCEPT, INTERSECT. */
export const setRules: Rules<SetOperator> = {
  row: (derive, node, scope) => {
    const { context } = derive.analysis;
    const { f } = context;
    const left = derive.row(node.left, scope);
    if (node.kind === 'except') return left;
    const right = derive.row(node.right, scope);
    const same = (columns: readonly Term[], row: readonly Term[]) =>
      columns.map((term, index) => context.same(term, row[index] as Term));
    if (node.kind === 'intersect') {
      return {
        columns: left.columns,
        facts: [...left.facts, ...right.facts, ...same(left.columns, right.columns)],
      };
    }
    const columns = left.columns.map((term, index) => {
      const other = right.columns[index];
      if (other?.sort !== term.sort) return context.unknown('UNKNOWN', 'union', true);
      const grids = [term, other].map((one) => (one.sort === 'bool' ? undefined : context.gridOf(one)));
      const shared = grids[0]?.size === grids[1]?.size && grids[0]?.offset === grids[1]?.offset;
      return context.like(term, 'union', shared ? grids[0] : undefined);
    });
    return {
      columns,
      facts: [
        f.or(
          f.and(...left.facts, ...same(columns, left.columns)),
          f.and(...right.facts, ...same(columns, right.columns)),
        ),
      ],
    };
  },
  moves: (derive, node, scope) => {
    const { context } = derive.analysis;
    const left = derive.moves(node.left, scope);
    const right = derive.moves(node.right, scope);
    if (node.kind === 'union') return [...left, ...right];
    const fromLeft = left.flatMap((move) =>
      rows(move).map(([sign, row]) => presence(move, sign, row, move.facts)),
    );
    const fromRight = right.flatMap((move) =>
      rows(move).map(([sign, row]) => {
        const kept = derive.row(node.left, scope);
        const same = kept.columns.map((term, index) => context.same(term, row[index] as Term));
        const opposite = sign === '+' ? '-' : '+';
        const facts = [...move.facts, ...kept.facts, ...same];
        return presence(move, node.kind === 'except' ? opposite : sign, kept.columns, facts);
      }),
    );
    return possible(context, [...fromLeft, ...fromRight]);
  },
  keys: (derive, node, scope) => (node.kind === 'union' ? [] : derive.keys(node.left, scope)),
  width: (derive, node, scope) => derive.width(node.left, scope),
};

/** The rows that come and go in a move. */
function rows(move: Move): ['+' | '-', readonly Term[]][] {
  return move.sign === '~'
    ? [
        ['-', move.before],
        ['+', move.after],
      ]
    : [[move.sign, move.after]];
}
