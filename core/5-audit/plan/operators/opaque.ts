import type { OpaqueOperator } from '../../../sql/index.ts';
import type { Term } from '../../symbolic/term.ts';
import { type Analysis, Unreadable } from '../analysis.ts';
import type { Rules } from '../derivation.ts';
import { presence } from '../moves.ts';

/** An operator we cannot read: any change beneath it may add or remove any row. */
export const opaqueRules: Rules<OpaqueOperator> = {
  row: ({ analysis }, node) => ({ columns: unknownColumns(analysis, node), facts: [] }),
  moves: (derive, node, scope) => {
    derive.analysis.opaque.add(node.what);
    return node.children.flatMap((child) =>
      derive.moves(child, scope).flatMap((move) => {
        const columns = unknownColumns(derive.analysis, node);
        return [presence(move, '+', columns, move.facts), presence(move, '-', columns, move.facts)];
      }),
    );
  },
  keys: () => [],
  width: (_derive, node) => widthOf(node),
};

function unknownColumns({ context }: Analysis, node: OpaqueOperator): Term[] {
  return Array.from({ length: widthOf(node) }, () => context.unknown('UNKNOWN', node.what, true));
}

function widthOf(node: OpaqueOperator): number {
  if (node.width === undefined) throw new Unreadable(`the operator ${node.what} is opaque to the audit`);
  return node.width;
}
