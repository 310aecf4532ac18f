import type { Expression } from '../../sql/index.ts';

/** Binding strength, weak to strong, as in DuckDB's (PostgreSQL's) grammar. */
export const strength = {
  or: 1,
  and: 2,
  not: 3,
  is: 4,
  comparison: 5,
  range: 6,
  other: 7,
  sum: 8,
  product: 9,
  power: 10,
  sign: 11,
  postfix: 12,
  primary: 13,
} as const;

const infix: Readonly<Record<string, number>> = {
  '+': strength.sum,
  '-': strength.sum,
  '*': strength.product,
  '/': strength.product,
  '//': strength.product,
  '%': strength.product,
  '^': strength.power,
  '**': strength.power,
};

/** How an operator call is written, by its internal name. */
export const operatorText: Readonly<Record<string, string>> = {
  '~~': 'like',
  '!~~': 'not like',
  '~~*': 'ilike',
  '!~~*': 'not ilike',
  '~~~': 'glob',
};

/** Strength of a call written as a binary operator. */
export function infixStrength(name: string): number {
  if (Object.hasOwn(operatorText, name)) return strength.range;
  return infix[name] ?? strength.other;
}

/** How strongly the printed form of an expression holds together. */
export function strengthOf(expression: Expression): number {
  switch (expression.kind) {
    case 'logical':
      return expression.operator === 'or' ? strength.or : strength.and;
    case 'not':
      return strength.not;
    case 'null-test':
      return strength.is;
    case 'comparison':
      return expression.operator.startsWith('is ') ? strength.is : strength.comparison;
    case 'between':
    case 'in-list':
      return strength.range;
    case 'subquery':
      return expression.role === 'any' ? strength.range : strength.primary;
    case 'call':
      if (!expression.operator) return strength.primary;
      return expression.args.length === 1 ? strength.sign : infixStrength(expression.name);
    case 'collate':
      return strength.postfix;
    case 'lambda':
      return strength.or;
    default:
      return strength.primary;
  }
}
