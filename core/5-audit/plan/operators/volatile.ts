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
  scope: Scope,
  expression: PlanExpression,
): VolatileOrigin {
  return {
    kind: 'volatile',
    name: `${name}()`,
    unknown: analysis.context.f.true,
    path: [scope.model.name, `${name}()`],
    reads: [{ model: scope.model, table: '', place: scope.model.placeOf(placeIn(expression)) }],
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
    if (name === undefined) return [];
    const row = derive.row(node, scope);
    const origin = volatileOrigin(derive, name, scope, expression);
    return [
      presence({ origin }, '+', row.columns, row.facts),
      presence({ origin }, '-', row.columns, row.facts),
    ];
  });
}

/**
 * Arguments of table functions, and some of aggregates, are constants by the time there is a plan: that one was a clock's is seen
 * in the SQL only. Where it reads one anywhere, any row may come or go.
 */
export function argumentMoves(derive: Derivation, node: PlanOperator, scope: Scope): Move[] {
  const { model } = scope;
  const name = volatileName(model.sql);
  if (name === undefined) return [];
  const row = derive.row(node, scope);
  const origin: VolatileOrigin = {
    kind: 'volatile',
    name: `${name}()`,
    unknown: derive.analysis.context.f.true,
    path: [model.name, `${name}()`],
    reads: [{ model, table: '', place: model.placeOf(undefined) }],
  };
  return [
    presence({ origin }, '+', row.columns, row.facts),
    presence({ origin }, '-', row.columns, row.facts),
  ];
}

function placeIn(expression: PlanExpression): number | undefined {
  return expression.at;
}
