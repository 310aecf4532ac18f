import type {
  Case,
  ComparisonOperator,
  Expression,
  Lambda,
  OrderItem,
  Special,
  Star,
} from '../expression.ts';
import { decodeQueryStatement } from './query.ts';
import { type Json, Shape, UnknownShape } from './shape.ts';
import { decodeType } from './type.ts';
import { decodeValue } from './value.ts';
import { decodeWindow } from './window.ts';

const comparisons: Readonly<Record<string, ComparisonOperator>> = {
  COMPARE_EQUAL: '=',
  COMPARE_NOTEQUAL: '<>',
  COMPARE_LESSTHAN: '<',
  COMPARE_GREATERTHAN: '>',
  COMPARE_LESSTHANOREQUALTO: '<=',
  COMPARE_GREATERTHANOREQUALTO: '>=',
  COMPARE_DISTINCT_FROM: 'is distinct from',
  COMPARE_NOT_DISTINCT_FROM: 'is not distinct from',
};

const specials: Readonly<Record<string, Special['name']>> = {
  OPERATOR_COALESCE: 'coalesce',
  ARRAY_EXTRACT: 'subscript',
  ARRAY_SLICE: 'slice',
  STRUCT_EXTRACT: 'field',
  GROUPING_FUNCTION: 'grouping',
  OPERATOR_TRY: 'try',
  OPERATOR_UNPACK: 'unpack',
  ARRAY_CONSTRUCTOR: 'array',
};

/** Decodes a `ParsedExpression`; throws `UnknownShape` on anything it was not taught. */
export function decodeExpression(json: Json, path: string): Expression {
  const shape = new Shape(json, path);
  const expressionClass = shape.string('class');
  const type = shape.string('type');
  const alias = shape.name('alias');
  const base = { ...shape.location(), ...(alias === undefined ? {} : { alias }) };
  const expression = { ...base, ...decodeClass(expressionClass, type, shape) } as Expression;
  shape.done();
  return expression;
}

type Bare = {
  readonly [Kind in Expression['kind']]: Omit<Extract<Expression, { kind: Kind }>, 'at' | 'alias'>;
};
type BareExpression = Bare[keyof Bare];

function decodeClass(expressionClass: string, type: string, shape: Shape): BareExpression {
  const expression = (key: string) => shape.object(key, decodeExpression);
  switch (expressionClass) {
    case 'COLUMN_REF':
      return { kind: 'column', path: shape.strings('column_names') };
    case 'CONSTANT':
      return { kind: 'literal', ...shape.object('value', decodeValue) };
    case 'FUNCTION':
      return decodeCall(shape);
    case 'WINDOW':
      return decodeWindow(shape);
    case 'COMPARISON':
      return {
        kind: 'comparison',
        operator: comparison(type, shape.path),
        left: expression('left'),
        right: expression('right'),
      };
    case 'CONJUNCTION':
      return {
        kind: 'logical',
        operator: type === 'CONJUNCTION_AND' ? 'and' : 'or',
        args: shape.list('children', decodeExpression),
      };
    case 'OPERATOR':
      return decodeOperator(type, shape);
    case 'BETWEEN':
      return {
        kind: 'between',
        operand: expression('input'),
        lower: expression('lower'),
        upper: expression('upper'),
      };
    case 'CASE':
      return {
        kind: 'case',
        branches: shape.list('case_checks', decodeBranch),
        otherwise: expression('else_expr'),
      };
    case 'CAST':
      return decodeCast(shape);
    case 'STAR':
      return decodeStar(shape);
    case 'SUBQUERY':
      return decodeSubquery(shape);
    case 'LAMBDA':
      return decodeLambda(shape);
    case 'COLLATE':
      return { kind: 'collate', operand: expression('child'), collation: shape.string('collation') };
    case 'PARAMETER':
      return { kind: 'parameter', name: shape.string('identifier') };
    case 'POSITIONAL_REFERENCE':
      return { kind: 'positional', index: shape.number('index') };
    case 'DEFAULT':
      return { kind: 'default' };
    default:
      throw new UnknownShape(`expression class ${expressionClass}`, shape.path);
  }
}

function comparison(type: string, path: string): ComparisonOperator {
  const operator = comparisons[type];
  if (operator === undefined) throw new UnknownShape(`comparison ${type}`, path);
  return operator;
}

function decodeCall(shape: Shape): BareExpression {
  shape.require('catalog', '');
  shape.require('export_state', false);
  // The parser puts `main` on the built-ins that stand for its own syntax, such as `[1, 2]`.
  const written = shape.name('schema');
  const schema = written === 'main' ? undefined : written;
  const filter = shape.optional('filter', decodeExpression);
  return {
    kind: 'call',
    name: shape.string('function_name'),
    ...(schema === undefined ? {} : { schema }),
    args: shape.list('children', decodeExpression),
    distinct: shape.boolean('distinct'),
    ...(filter === undefined ? {} : { filter }),
    orderBy: shape.optional('order_bys', decodeOrderModifier) ?? [],
    operator: shape.boolean('is_operator'),
  };
}

function decodeOperator(type: string, shape: Shape): BareExpression {
  const args = shape.list('children', decodeExpression);
  const [operand, ...items] = args;
  if (operand === undefined) {
    if (type === 'ARRAY_CONSTRUCTOR') return { kind: 'special', name: 'array', args };
    throw new UnknownShape(`operator ${type} without operands`, shape.path);
  }
  switch (type) {
    case 'OPERATOR_NOT':
      return { kind: 'not', operand };
    case 'OPERATOR_IS_NULL':
    case 'OPERATOR_IS_NOT_NULL':
      return { kind: 'null-test', negated: type === 'OPERATOR_IS_NOT_NULL', operand };
    case 'COMPARE_IN':
    case 'COMPARE_NOT_IN':
      return { kind: 'in-list', negated: type === 'COMPARE_NOT_IN', operand, items };
    default: {
      const name = specials[type];
      if (name === undefined) throw new UnknownShape(`operator ${type}`, shape.path);
      return { kind: 'special', name, args };
    }
  }
}

/** The parser spells `true` as a cast of 't'; it is a literal here. */
function decodeCast(shape: Shape): BareExpression {
  const operand = shape.object('child', decodeExpression);
  const type = shape.object('cast_type', decodeType);
  const lenient = shape.boolean('try_cast');
  const spelled =
    operand.kind === 'literal' && type.kind === 'plain' && type.name === 'BOOLEAN' ? operand.value : '';
  if (!lenient && (spelled === 't' || spelled === 'f'))
    return { kind: 'literal', type, value: spelled === 't' };
  return { kind: 'cast', operand, type, lenient };
}

function decodeBranch(json: Json, path: string): Case['branches'][number] {
  const shape = new Shape(json, path);
  const branch = {
    when: shape.object('when_expr', decodeExpression),
    result: shape.object('then_expr', decodeExpression),
  };
  shape.done();
  return branch;
}

function decodeStar(shape: Shape): Omit<Star, 'at' | 'alias'> {
  const relation = shape.name('relation_name');
  const pattern = shape.optional('expr', decodeExpression);
  return {
    kind: 'star',
    ...(relation === undefined ? {} : { relation }),
    exclude: [
      ...shape.strings('exclude_list').map((name) => [name]),
      ...shape.list('qualified_exclude_list', decodeQualifiedName),
    ],
    replace: shape.list('replace_list', (item, path) => {
      const entry = new Shape(item, path);
      const replaced = { name: entry.string('key'), expression: entry.object('value', decodeExpression) };
      entry.done();
      return replaced;
    }),
    rename: shape.list('rename_list', (item, path) => {
      const entry = new Shape(item, path);
      const renamed = { from: entry.object('key', decodeQualifiedName), to: entry.string('value') };
      entry.done();
      return renamed;
    }),
    columns: shape.boolean('columns'),
    ...(pattern === undefined ? {} : { pattern }),
  };
}

function decodeQualifiedName(json: Json, path: string): string[] {
  const shape = new Shape(json, path);
  const parts = ['catalog', 'schema', 'table', 'column'].map((key) => shape.string(key));
  shape.done();
  return parts.filter((part) => part !== '');
}

const subqueryRoles = { SCALAR: 'scalar', EXISTS: 'exists', NOT_EXISTS: 'not-exists', ANY: 'any' } as const;

function decodeSubquery(shape: Shape): BareExpression {
  const role = shape.oneOf('subquery_type', subqueryRoles);
  const operand = shape.optional('child', decodeExpression);
  const type = shape.string('comparison_type');
  return {
    kind: 'subquery',
    role,
    query: shape.object('subquery', decodeQueryStatement),
    ...(operand === undefined ? {} : { operand }),
    ...(role === 'any' ? { operator: comparison(type, shape.path) } : {}),
  };
}

function decodeLambda(shape: Shape): Omit<Lambda, 'at' | 'alias'> {
  shape.ignore('syntax_type');
  const lhs = shape.object('lhs', decodeExpression);
  const parameters = lhs.kind === 'call' && lhs.name === 'row' ? lhs.args : [lhs];
  return {
    kind: 'lambda',
    parameters: parameters.map((parameter) => {
      if (parameter.kind !== 'column')
        throw new UnknownShape(`lambda parameter ${parameter.kind}`, shape.path);
      return parameter.path.at(-1) as string;
    }),
    body: shape.object('expr', decodeExpression),
  };
}

/** Decodes an `ORDER_MODIFIER`, as calls and queries carry it. */
export function decodeOrderModifier(json: Json, path: string): OrderItem[] {
  const shape = new Shape(json, path);
  shape.require('type', 'ORDER_MODIFIER');
  const items = shape.list('orders', decodeOrderItem);
  shape.done();
  return items;
}

const directions = { ORDER_DEFAULT: 'default', ASCENDING: 'asc', DESCENDING: 'desc' } as const;
const nullOrders = { ORDER_DEFAULT: 'default', 'NULLS FIRST': 'first', 'NULLS LAST': 'last' } as const;

export function decodeOrderItem(json: Json, path: string): OrderItem {
  const shape = new Shape(json, path);
  const item = {
    direction: shape.oneOf('type', directions),
    nulls: shape.oneOf('null_order', nullOrders),
    expression: shape.object('expression', decodeExpression),
  };
  shape.done();
  return item;
}
