import type {
  Call,
  Case,
  Expression,
  Literal,
  OrderItem,
  Special,
  Star,
  SubqueryExpression,
} from '../../sql/index.ts';
import type { Dialect } from './dialect.ts';
import { infixStrength, operatorText, strength, strengthOf } from './precedence.ts';
import { printQuery } from './query.ts';
import { enclose, hold, indent, list } from './text.ts';
import { printWindow } from './window.ts';

/**
 * Prints an expression without its alias.
 *
 * @param minimum binding strength needed by what stands around it; weaker expressions get parentheses
 */
export function printExpression(
  expression: Expression,
  dialect: Dialect,
  minimum: number = strength.or,
): string {
  const print = (child: Expression, needed?: number) => printExpression(child, dialect, needed);
  const own = dialect.expression?.(expression, print);
  if (own !== undefined) return own;
  const text = printBare(expression, dialect);
  return strengthOf(expression) < minimum ? enclose('(', text, ')') : text;
}

/** Prints `expression as alias`, leaving the alias out where it says nothing. */
export function printItem(expression: Expression, dialect: Dialect): string {
  const text = printExpression(expression, dialect);
  const { alias } = expression;
  const implied = expression.kind === 'column' && expression.path.at(-1) === alias;
  const item = alias === undefined || implied ? text : `${text} as ${dialect.identifier(alias)}`;
  return commented(dialect.comments?.take(expression), item);
}

/** Prints a condition of WHERE, HAVING or ON, with the comments of its parts. */
export function printCondition(condition: Expression, dialect: Dialect): string {
  const { comments } = dialect;
  if (comments === undefined) return printExpression(condition, dialect);
  if (condition.kind !== 'logical')
    return commented(comments.take(condition), printExpression(condition, dialect));
  const parts = condition.args.map((arg) => {
    const lines = comments.take(arg);
    return { lines, text: printExpression(arg, dialect, strength[condition.operator] + 1) };
  });
  const flat = parts.map(({ text }) => text).join(` ${condition.operator} `);
  if (parts.every(({ lines }) => lines.length === 0) && flat.length <= 100 && !flat.includes('\n'))
    return flat;
  return parts
    .map(({ lines, text }, index) => commented(lines, index === 0 ? text : `${condition.operator} ${text}`))
    .join('\n');
}

/** Comments, a line each, before the text. */
export function commented(comments: readonly string[] | undefined, text: string): string {
  if (comments === undefined || comments.length === 0) return text;
  return [...comments.map((comment) => `-- ${hold(comment)}`), text].join('\n');
}

function printBare(expression: Expression, dialect: Dialect): string {
  const print = (child: Expression, minimum?: number) => printExpression(child, dialect, minimum);
  switch (expression.kind) {
    case 'column':
      return expression.path.map(dialect.identifier).join('.');
    case 'star':
      return printStar(expression, dialect);
    case 'literal':
      return printLiteral(expression, dialect);
    case 'call':
      return printCall(expression, dialect);
    case 'window':
      return printWindow(expression, dialect);
    case 'comparison': {
      const operand = expression.operator.startsWith('is ') ? strength.is + 1 : strength.comparison + 1;
      return `${print(expression.left, operand)} ${expression.operator} ${print(expression.right, operand)}`;
    }
    case 'logical':
      return printLogical(expression.operator, expression.args, print);
    case 'not':
      return `not ${print(expression.operand, strength.not)}`;
    case 'null-test':
      return `${print(expression.operand, strength.is + 1)} is ${expression.negated ? 'not ' : ''}null`;
    case 'in-list': {
      const items = list(expression.items.map((item) => print(item)));
      return `${print(expression.operand, strength.range + 1)} ${expression.negated ? 'not in' : 'in'} ${enclose('(', items, ')')}`;
    }
    case 'between': {
      const [lower, upper] = [expression.lower, expression.upper].map((bound) =>
        print(bound, strength.range + 1),
      );
      return `${print(expression.operand, strength.range + 1)} between ${lower} and ${upper}`;
    }
    case 'case':
      return printCase(expression, print);
    case 'cast': {
      const keyword = expression.lenient ? 'try_cast' : 'cast';
      return `${keyword}(${print(expression.operand)} as ${dialect.type(expression.type)})`;
    }
    case 'special':
      return printSpecial(expression, dialect);
    case 'subquery':
      return printSubquery(expression, dialect);
    case 'lambda': {
      const parameters = expression.parameters.map(dialect.identifier).join(', ');
      return `lambda ${parameters}: ${print(expression.body)}`;
    }
    case 'collate':
      return `${print(expression.operand, strength.postfix)} collate ${expression.collation}`;
    case 'parameter':
      return `$${expression.name}`;
    case 'positional':
      return `#${expression.index}`;
    case 'default':
      return 'default';
  }
}

type Print = (child: Expression, minimum?: number) => string;

function printLogical(operator: 'and' | 'or', args: readonly Expression[], print: Print): string {
  const parts = args.map((arg) => print(arg, strength[operator] + 1));
  const flat = parts.join(` ${operator} `);
  return flat.length <= 100 && !flat.includes('\n') ? flat : parts.join(`\n${operator} `);
}

function printLiteral(literal: Literal, dialect: Dialect): string {
  const { value, type } = literal;
  if (value === null) return 'null';
  if (typeof value === 'boolean') return String(value);
  if (type.kind === 'plain' && type.name === 'VARCHAR') return dialect.string(String(value));
  if (type.kind === 'plain' && type.name === 'DOUBLE') return printDouble(value);
  return String(value);
}

/** Always with an exponent: digits alone would come back as a decimal. */
function printDouble(value: string | number): string {
  const text = String(value);
  return /[e]/i.test(text) ? text : `${text}e0`;
}

function printCall(call: Call, dialect: Dialect): string {
  const print: Print = (child, minimum) => printExpression(child, dialect, minimum);
  const [first, second] = call.args;
  if (call.operator && first !== undefined) {
    if (second === undefined) return `${call.name}${print(first, strength.sign + 1)}`;
    const own = infixStrength(call.name);
    // Only sums and products are known to associate to the left; anything else is bracketed.
    const leftMinimum = own === strength.sum || own === strength.product ? own : own + 1;
    return `${print(first, leftMinimum)} ${operatorText[call.name] ?? call.name} ${print(second, own + 1)}`;
  }
  if (call.name === 'count_star' && call.args.length === 0) return `count(*)${printFilter(call, dialect)}`;
  const named = (arg: Expression) =>
    arg.alias === undefined ? print(arg) : `${dialect.identifier(arg.alias)} := ${print(arg)}`;
  const order = call.orderBy.length > 0 ? ` order by ${printOrder(call.orderBy, dialect)}` : '';
  const body = (call.distinct ? 'distinct ' : '') + list(call.args.map(named)) + order;
  const name = call.schema === undefined ? call.name : `${dialect.identifier(call.schema)}.${call.name}`;
  return enclose(`${name}(`, body, ')') + printFilter(call, dialect);
}

export function printFilter(call: { readonly filter?: Expression }, dialect: Dialect): string {
  return call.filter === undefined
    ? ''
    : enclose(' filter (where ', printExpression(call.filter, dialect), ')');
}

export function printOrder(items: readonly OrderItem[], dialect: Dialect): string {
  return list(
    items.map((item) => {
      const { expression, direction, nulls } = item;
      if (dialect.orderItem) {
        return dialect.orderItem(item, (child, minimum) => printExpression(child, dialect, minimum));
      }
      const way = direction === 'default' ? '' : ` ${direction}`;
      const place = nulls === 'default' && dialect.explicitNullOrder ? 'last' : nulls;
      const nullsWay = place === 'default' ? '' : ` nulls ${place}`;
      return `${printExpression(expression, dialect)}${way}${nullsWay}`;
    }),
  );
}

function printCase(expression: Case, print: Print): string {
  const branches = expression.branches.map(({ when, result }) => `when ${print(when)} then ${print(result)}`);
  const { otherwise } = expression;
  const elseBranch =
    otherwise.kind === 'literal' && otherwise.value === null ? [] : [`else ${print(otherwise)}`];
  const parts = [...branches, ...elseBranch];
  const flat = `case ${parts.join(' ')} end`;
  return flat.length <= 90 && !flat.includes('\n') ? flat : `case\n${indent(parts.join('\n'))}\nend`;
}

function printSpecial({ name, args }: Special, dialect: Dialect): string {
  const print: Print = (child, minimum) => printExpression(child, dialect, minimum);
  const [first, ...rest] = args;
  if (first === undefined) return 'array[]';
  switch (name) {
    case 'subscript':
      return `${print(first, strength.postfix)}[${rest.map((arg) => print(arg)).join('')}]`;
    case 'slice':
      return `${print(first, strength.postfix)}[${rest.map(printBound(print)).join(':')}]`;
    case 'field':
      return `(${print(first)}).${rest.map((name) => dialect.identifier(String(name.kind === 'literal' ? name.value : ''))).join('.')}`;
    case 'array':
      return enclose('array[', list(args.map((arg) => print(arg))), ']');
    default:
      return enclose(`${name}(`, list(args.map((arg) => print(arg))), ')');
  }
}

/** An open end of a slice is serialised as an empty list. */
function printBound(print: Print) {
  return (bound: Expression) =>
    bound.kind === 'literal' && bound.type.kind === 'list' ? '' : print(bound, strength.postfix);
}

function printStar(star: Star, dialect: Dialect): string {
  const path = (parts: readonly string[]) => parts.map(dialect.identifier).join('.');
  const relation = star.relation === undefined ? '' : `${dialect.identifier(star.relation)}.`;
  if (star.columns && star.pattern !== undefined) return `columns(${printExpression(star.pattern, dialect)})`;
  const exclude = star.exclude.length > 0 ? ` exclude (${star.exclude.map(path).join(', ')})` : '';
  const replace = star.replace.map(
    ({ name, expression }) => `${printExpression(expression, dialect)} as ${dialect.identifier(name)}`,
  );
  const rename = star.rename.map(({ from, to }) => `${path(from)} as ${dialect.identifier(to)}`);
  const text = [
    `${relation}*${exclude}`,
    ...(replace.length > 0 ? [`replace (${replace.join(', ')})`] : []),
    ...(rename.length > 0 ? [`rename (${rename.join(', ')})`] : []),
  ].join(' ');
  return star.columns ? `columns(${text})` : text;
}

function printSubquery(subquery: SubqueryExpression, dialect: Dialect): string {
  const query = `(\n${indent(printQuery(subquery.query, dialect))}\n)`;
  switch (subquery.role) {
    case 'scalar':
      return query;
    case 'exists':
      return `exists ${query}`;
    case 'not-exists':
      return `not exists ${query}`;
    case 'any': {
      if (subquery.operand === undefined) throw new Error('a quantified subquery has an operand');
      const operand = printExpression(subquery.operand, dialect, strength.range + 1);
      return subquery.operator === '='
        ? `${operand} in ${query}`
        : `${operand} ${subquery.operator} any ${query}`;
    }
  }
}
