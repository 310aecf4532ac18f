import { childrenOf, type PlanExpression } from '../../sql/index.ts';

const remembered = new WeakMap<PlanExpression, ReadonlySet<number>>();

/** Positions of the columns an expression reads. */
export function referencesOf(expression: PlanExpression): ReadonlySet<number> {
  const known = remembered.get(expression);
  if (known !== undefined) return known;
  const found = new Set<number>();
  if (expression.kind === 'ref') found.add(expression.index);
  for (const child of childrenOf(expression)) for (const index of referencesOf(child)) found.add(index);
  remembered.set(expression, found);
  return found;
}

/** What SQL calls by a name and parentheses. */
const CALLED =
  'now|today|get_current_\\w*|transaction_timestamp|clock_timestamp|statement_timestamp|random|setseed|uuid\\w*|gen_random_uuid|nextval|currval|txid_current|pg_\\w*backend\\w*|getvariable';
const VOLATILE = new RegExp(`^(${CALLED}|current_\\w*|age)$`);
const VOLATILE_IN_SQL = new RegExp(
  `\\b(current_date|current_time|current_timestamp|localtime|localtimestamp)\\b|\\b(${CALLED})\\s*\\(`,
  'i',
);

/** Names of functions in the expression whose value is not decided by their arguments. */
export function volatileIn(expression: PlanExpression): readonly string[] {
  const lambda = expression.kind === 'function' ? expression.lambda : undefined;
  const parts = lambda === undefined ? childrenOf(expression) : [...childrenOf(expression), lambda.body];
  const inside = parts.flatMap(volatileIn);
  return isVolatile(expression) && expression.kind === 'function' ? [expression.name, ...inside] : inside;
}

/** The first volatile function that SQL names, in comments and texts too. */
export function volatileName(sql: string): string | undefined {
  const found = VOLATILE_IN_SQL.exec(sql);
  return found?.[1] ?? found?.[2];
}

export function isVolatile(expression: PlanExpression): boolean {
  if (expression.kind !== 'function' || !VOLATILE.test(expression.name)) return false;
  // age(a, b) subtracts; age(a) alone reads the clock.
  return expression.name !== 'age' || expression.children.length < 2;
}
