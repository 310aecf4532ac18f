import type { PlanExpression, PlanOperator } from '../../../sql/index.ts';
import { volatileIn, volatileName } from '../../symbolic/references.ts';
import type { Scope } from '../analysis.ts';
import type { Derivation } from '../derivation.ts';
import { presence } from '../moves.ts';
import type { Move, VolatileOrigin } from '../relation.ts';

/** A clock read or a random number is later than any prediction time, whatever it returns. */
export function volatileOrigin(
  { analysis }: Derivation,
  name: string,
  { model }: Scope,
  expression?: PlanExpression,
): VolatileOrigin {
  return {
    kind: 'volatile',
    name: `${name}()`,
    unknown: analysis.context.f.true,
    path: [model.name, `${name}()`],
    reads: [{ model, table: '', place: model.placeOf(expression?.at) }],
  };
}

/** What a volatile function inside an operator's conditions can change: any of its rows may come or go. */
export function volatileMoves(
  derive: Derivation,
  node: PlanOperator,
  scope: Scope,
  expressions: readonly PlanExpression[],
): Move[] {
  return expressions.flatMap((expression) => {
    const [name] = volatileIn(expression);
    return name === undefined
      ? []
      : anyRow(derive, node, scope, volatileOrigin(derive, name, scope, expression));
  });
}

/**
 * Arguments of table functions, and some of aggregates, are constants by the time there is a plan: that one was a clock's is seen
 * in the SQL only. Where it reads one anywhere, any row may come or go.
 */
export function argumentMoves(derive: Derivation, node: PlanOperator, scope: Scope): Move[] {
  const name = volatileName(scope.model.sql);
  return name === undefined ? [] : anyRow(derive, node, scope, volatileOrigin(derive, name, scope));
}

function anyRow(derive: Derivation, node: PlanOperator, scope: Scope, origin: VolatileOrigin): Move[] {
  const { columns, facts } = derive.row(node, scope);
  return [presence({ origin }, '+', columns, facts), presence({ origin }, '-', columns, facts)];
}
