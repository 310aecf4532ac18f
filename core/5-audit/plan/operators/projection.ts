import type { ProjectionOperator } from '../../../sql/index.ts';
import { volatileIn } from '../../symbolic/references.ts';
import type { Rules } from '../derivation.ts';
import { mapKeys } from '../keys.ts';
import { mapMove, possible, replacement } from '../moves.ts';
import type { Move } from '../relation.ts';
import { volatileOrigin } from './volatile.ts';

/** Columns computed row by row. */
export const projectionRules: Rules<ProjectionOperator> = {
  row: (derive, node, scope) => {
    const child = derive.row(node.child, scope);
    const columns = node.expressions.map((expression) => derive.analysis.value(expression, child.columns));
    return { columns, facts: child.facts };
  },
  moves: (derive, node, scope) => {
    const { analysis } = derive;
    const moves: (Move | undefined)[] = derive
      .moves(node.child, scope)
      .map((move) => mapMove(analysis, move, node.expressions));
    for (const [index, expression] of node.expressions.entries()) {
      const [name] = volatileIn(expression);
      if (name === undefined) continue;
      const row = derive.row(node.child, scope);
      const columns = node.expressions.map((other) => analysis.value(other, row.columns));
      const after = columns.map((term, place) =>
        place === index ? analysis.context.unknown(expression.type, name, true) : term,
      );
      const origin = volatileOrigin(derive, name, scope, expression);
      moves.push(replacement(analysis.context, { origin }, columns, after, row.facts));
    }
    return possible(analysis.context, moves);
  },
  keys: (derive, node, scope) =>
    mapKeys(derive.keys(node.child, scope), (column) =>
      node.expressions.findIndex((expression) => expression.kind === 'ref' && expression.index === column),
    ),
  width: (_derive, node) => node.expressions.length,
};
