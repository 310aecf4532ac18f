import type { GetOperator, JoinOperator, PlanExpression, PlanOperator } from '../../sql/index.ts';
import { nothing, type Origins, originsOf, united } from './expression-columns.ts';

interface Scope {
  /** The key of a table's column; undefined for a table that is not part of the project. */
  readonly keyOf: (table: GetOperator, column: string) => string | undefined;
  readonly ctes: ReadonlyMap<number, readonly Origins[]>;
  /** Columns of the enclosing correlated join, for `delim get`. */
  readonly correlated: readonly Origins[];
}

/**
 * The origins of each output column of a bound plan: which table columns its values are made from. Conditions
 * that only choose rows (WHERE, ON, GROUP BY, PARTITION BY) are not part of a value.
 */
export function planOrigins(plan: PlanOperator, keyOf: Scope['keyOf']): readonly Origins[] {
  return outputs(plan, { keyOf, ctes: new Map(), correlated: [] });
}

function outputs(operator: PlanOperator, scope: Scope): readonly Origins[] {
  const below = (child: PlanOperator) => outputs(child, scope);
  switch (operator.kind) {
    case 'get':
      return operator.columns.map((index) => tableColumn(operator, index, scope));
    case 'dummy':
      return [nothing];
    case 'values':
    case 'empty':
    case 'table function':
      return operator.types.map(() => nothing);
    case 'projection':
      return over(operator.expressions, below(operator.child));
    case 'filter':
    case 'order': {
      const input = below(operator.child);
      return operator.map?.map((index) => input[index] ?? nothing) ?? input;
    }
    case 'limit':
    case 'distinct':
      return below(operator.child);
    case 'aggregate': {
      const input = below(operator.child);
      const aggregates = operator.aggregates.map(({ children, filter }) =>
        united(over(filter === undefined ? children : [...children, filter], input)),
      );
      return [...over(operator.groups, input), ...aggregates, ...none(operator.groupings)];
    }
    case 'window': {
      const input = below(operator.child);
      const windows = operator.windows.map(({ children, others }) =>
        united(over([...children, ...others], input)),
      );
      return [...input, ...windows];
    }
    case 'unnest': {
      const input = below(operator.child);
      return [...input, ...over(operator.expressions, input)];
    }
    case 'join':
      return joined(operator, scope);
    case 'cross':
      return [...below(operator.left), ...below(operator.right)];
    case 'union':
    case 'except':
    case 'intersect': {
      const right = operator.kind === 'except' ? [] : below(operator.right);
      return below(operator.left).map((left, index) => united([left, right[index] ?? nothing]));
    }
    case 'cte': {
      const ctes = new Map(scope.ctes).set(operator.index, below(operator.definition));
      return outputs(operator.body, { ...scope, ctes });
    }
    case 'recursive cte':
      return recursive(operator, scope);
    case 'cte ref':
      return scope.ctes.get(operator.index) ?? operator.types.map(() => nothing);
    case 'delim get':
      return operator.types.map((_, index) => scope.correlated[index] ?? nothing);
    case 'opaque': {
      const all = united(operator.children.flatMap(below));
      return Array.from({ length: operator.width ?? operator.children.length }, () => all);
    }
  }
}

function joined(operator: JoinOperator, scope: Scope): readonly Origins[] {
  const left = outputs(operator.left, scope);
  const correlated = operator.correlated === undefined ? scope.correlated : over(operator.correlated, left);
  const right = outputs(operator.right, { ...scope, correlated });
  switch (operator.type) {
    case 'semi':
    case 'anti':
      return left;
    case 'mark': {
      const sides = operator.conditions.flatMap((condition) => [
        originsOf(condition.left, left),
        originsOf(condition.right, right),
      ]);
      return [...left, united(sides)];
    }
    case 'inner':
    case 'left':
    case 'right':
    case 'full':
    case 'single':
      return [...left, ...right];
  }
}

/** Repeats the step until no column gains an origin: it can move values from one column to another. */
function recursive(
  operator: Extract<PlanOperator, { kind: 'recursive cte' }>,
  scope: Scope,
): readonly Origins[] {
  let columns = outputs(operator.anchor, scope);
  for (;;) {
    const ctes = new Map(scope.ctes).set(operator.index, columns);
    const step = outputs(operator.step, { ...scope, ctes });
    const next = columns.map((origins, index) => united([origins, step[index] ?? nothing]));
    if (next.every((origins, index) => origins.size === columns[index]?.size)) return next;
    columns = next;
  }
}

function tableColumn(table: GetOperator, index: number | undefined, { keyOf }: Scope): Origins {
  const name = index === undefined ? undefined : table.names[index];
  const key = name === undefined ? undefined : keyOf(table, name);
  return key === undefined ? nothing : new Set([key]);
}

function over(expressions: readonly PlanExpression[], input: readonly Origins[]): Origins[] {
  return expressions.map((expression) => originsOf(expression, input));
}

function none(count: number): Origins[] {
  return Array.from({ length: count }, () => nothing);
}
