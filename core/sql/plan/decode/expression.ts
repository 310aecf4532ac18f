import { type Json, Shape, UnknownShape } from '../../ast/decode/shape.ts';
import type {
  ConstantExpression,
  OperatorExpression,
  PlanComparison,
  PlanExpression,
  PlanLambda,
  PlanOrder,
  PlanType,
} from '../expression.ts';

/** One bound expression. A class not known here becomes `opaque` with whatever expressions it holds. */
export function decodeExpression(value: Json, path: string): PlanExpression {
  const shape = new Shape(value, path);
  const className = shape.string('expression_class');
  const decode = decoders[className];
  const at = { at: locationOf(shape.raw('query_location')) };
  if (decode === undefined) return opaque(value, path, className);
  shape.ignore('alias');
  const decoded = decode(shape, path);
  if (decoded === undefined) return opaque(value, path, `${className} ${String((value as Fields).type)}`);
  shape.done();
  return { ...decoded, ...at };
}

export function decodeType(value: Json, path: string): PlanType {
  const shape = new Shape(value, path);
  shape.ignore('type_info');
  const id = shape.string('id');
  shape.done();
  return id;
}

export function decodeOrder(value: Json, path: string): PlanOrder {
  const shape = new Shape(value, path);
  const order: PlanOrder = {
    descending: shape.oneOf('type', { ASCENDING: false, DESCENDING: true }),
    nullsFirst: shape.oneOf('null_order', { 'NULLS FIRST': true, 'NULLS LAST': false }),
    expression: shape.object('expression', decodeExpression),
  };
  shape.done();
  return order;
}

type Fields = { readonly [key: string]: Json };
type Decoder = (shape: Shape, path: string) => PlanExpression | undefined;

export const comparisonOperators: Readonly<Record<string, PlanComparison>> = {
  COMPARE_EQUAL: '=',
  COMPARE_NOTEQUAL: '<>',
  COMPARE_LESSTHAN: '<',
  COMPARE_GREATERTHAN: '>',
  COMPARE_LESSTHANOREQUALTO: '<=',
  COMPARE_GREATERTHANOREQUALTO: '>=',
  COMPARE_DISTINCT_FROM: 'is distinct',
  COMPARE_NOT_DISTINCT_FROM: 'is not distinct',
};

const operators: Readonly<Record<string, OperatorExpression['operator']>> = {
  OPERATOR_NOT: 'not',
  OPERATOR_IS_NULL: 'is null',
  OPERATOR_IS_NOT_NULL: 'is not null',
  OPERATOR_COALESCE: 'coalesce',
  COMPARE_IN: 'in',
  COMPARE_NOT_IN: 'not in',
};

const decoders: Readonly<Record<string, Decoder>> = {
  BOUND_REF: (shape) => {
    shape.ignore('type');
    return { kind: 'ref', type: shape.object('return_type', decodeType), index: shape.number('index') };
  },
  BOUND_CONSTANT: (shape) => {
    shape.ignore('type');
    return shape.object('value', decodeConstant);
  },
  BOUND_CAST: (shape) => {
    shape.ignore('type', 'bound_function');
    return {
      kind: 'cast',
      child: shape.object('child', decodeExpression),
      type: shape.object('return_type', decodeType),
      tries: shape.boolean('try_cast'),
    };
  },
  BOUND_FUNCTION: (shape, path) => {
    shape.ignore('type', 'arguments', 'original_arguments', 'catalog_name', 'schema_name', 'has_serialize');
    shape.ignore('is_operator');
    const data = shape.raw('function_data') as Fields | null | undefined;
    const name = shape.string('name');
    const returned = shape.raw('return_type') as Json;
    return {
      kind: 'function',
      type: decodeType(returned, `${path}.return_type`),
      name,
      children: shape.list('children', decodeExpression),
      bind: data === undefined || data === null ? '' : JSON.stringify(data),
      ...(data?.lambda_expr && { lambda: decodeLambda(data, name, `${path}.function_data`) }),
      ...(name === 'struct_pack' && { fields: fieldNames(returned) }),
    };
  },
  BOUND_COMPARISON: (shape) => ({
    kind: 'comparison',
    type: 'BOOLEAN',
    operator: shape.oneOf('type', comparisonOperators),
    left: shape.object('left', decodeExpression),
    right: shape.object('right', decodeExpression),
  }),
  BOUND_CONJUNCTION: (shape) => ({
    kind: 'conjunction',
    type: 'BOOLEAN',
    operator: shape.oneOf('type', { CONJUNCTION_AND: 'and', CONJUNCTION_OR: 'or' }),
    children: shape.list('children', decodeExpression),
  }),
  BOUND_BETWEEN: (shape) => {
    shape.ignore('type');
    return {
      kind: 'between',
      type: 'BOOLEAN',
      input: shape.object('input', decodeExpression),
      lower: shape.object('lower', decodeExpression),
      upper: shape.object('upper', decodeExpression),
      lowerInclusive: shape.boolean('lower_inclusive'),
      upperInclusive: shape.boolean('upper_inclusive'),
    };
  },
  BOUND_CASE: (shape) => {
    shape.ignore('type');
    return {
      kind: 'case',
      type: shape.object('return_type', decodeType),
      branches: shape.list('case_checks', (item, path) => {
        const check = new Shape(item, path);
        const branch = {
          when: check.object('when_expr', decodeExpression),
          result: check.object('then_expr', decodeExpression),
        };
        check.done();
        return branch;
      }),
      otherwise: shape.object('else_expr', decodeExpression),
    };
  },
  BOUND_OPERATOR: (shape) => {
    const operator = operators[shape.string('type')];
    if (operator === undefined) return undefined;
    return {
      kind: 'operator',
      type: shape.object('return_type', decodeType),
      operator,
      children: shape.list('children', decodeExpression),
    };
  },
  BOUND_UNNEST: (shape) => {
    shape.ignore('type');
    return {
      kind: 'unnest',
      type: shape.object('return_type', decodeType),
      child: shape.object('child', decodeExpression),
    };
  },
};

const ELEMENT_BY_ELEMENT = /^((list|array)_(filter|transform|apply)|filter|apply)$/;

function decodeLambda(data: Fields, name: string, path: string): PlanLambda {
  return {
    body: decodeExpression(data.lambda_expr as Json, `${path}.lambda_expr`),
    ofElement: ELEMENT_BY_ELEMENT.test(name) && data.has_index === false && data.has_initial === false,
  };
}

function fieldNames(type: Json): readonly string[] {
  const info = (type as { type_info?: { child_types?: readonly { first?: string }[] } | null }).type_info;
  return (info?.child_types ?? []).map(({ first }) => first ?? '');
}

function decodeConstant(value: Json, path: string): ConstantExpression {
  const shape = new Shape(value, path);
  const type = shape.object('type', decodeType);
  const isNull = shape.boolean('is_null');
  const raw = shape.raw('value');
  shape.done();
  return { kind: 'constant', type, value: isNull ? { kind: 'null' } : readValue(raw) };
}

function readValue(raw: Json | undefined): ConstantExpression['value'] {
  if (typeof raw === 'boolean') return { kind: 'boolean', value: raw };
  if (typeof raw === 'number') return { kind: 'number', value: raw };
  if (typeof raw === 'string') return { kind: 'text', value: raw };
  const fields = raw as Fields | null | undefined;
  if (
    typeof fields?.months === 'number' &&
    typeof fields.days === 'number' &&
    typeof fields.micros === 'number'
  ) {
    return {
      kind: 'interval',
      value: { months: fields.months, days: fields.days, micros: fields.micros },
    };
  }
  return { kind: 'unreadable', key: JSON.stringify(raw) };
}

/** 2^64 - 1 stands for nowhere. */
function locationOf(value: Json | undefined): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) ? value : undefined;
}

/** The expressions found anywhere inside, so that none of its inputs is lost. */
function opaque(value: Json, path: string, what: string): PlanExpression {
  const children: PlanExpression[] = [];
  const search = (item: Json, where: string): void => {
    if (Array.isArray(item)) item.forEach((entry, index) => void search(entry, `${where}[${index}]`));
    else if (item !== null && typeof item === 'object') {
      if ('expression_class' in item) children.push(decodeExpression(item, where));
      else for (const [key, entry] of Object.entries(item)) search(entry, `${where}.${key}`);
    }
  };
  for (const [key, entry] of Object.entries(value as Fields)) search(entry, `${path}.${key}`);
  const type = (value as Fields).return_type;
  if (what === 'BOUND_COLUMN_REF') throw new UnknownShape('an unresolved column reference', path);
  return {
    kind: 'opaque',
    what,
    type: type === undefined ? 'UNKNOWN' : decodeType(type, path),
    children,
    key: JSON.stringify(value, (key, entry: Json) =>
      key === 'query_location' || key === 'alias' ? undefined : entry,
    ),
  };
}
