import {
  type Expression,
  type FromItem,
  mapExpression,
  mapFrom,
  mapQuery,
  type Query,
} from '../../sql/index.ts';
import type { Pass } from '../normalise/pass.ts';

/**
 * T-SQL has predicates, which stand in WHERE, ON, HAVING and CASE WHEN, and bits, which are values: neither can
 * stand for the other. A predicate used as a value becomes a CASE of 1, 0 and NULL, cast to bit; a value used as a
 * predicate is compared with 1.
 */
export const separateBooleans: Pass = {
  name: 'separate-booleans',
  apply: (query) => separateQuery(query),
};

function separateQuery(query: Query): Query {
  const separated = mapQuery(query, { expression: asValue, query: separateQuery, from: separateFrom });
  if (separated.kind !== 'select' || query.kind !== 'select') return separated;
  return {
    ...separated,
    ...(query.where ? { where: asPredicate(query.where) } : {}),
    ...(query.having ? { having: asPredicate(query.having) } : {}),
    ...(query.qualify ? { qualify: asPredicate(query.qualify) } : {}),
  };
}

function separateFrom(item: FromItem): FromItem {
  const separated = mapFrom(item, { expression: asValue, query: separateQuery, from: separateFrom });
  if (item.kind !== 'join' || separated.kind !== 'join' || !item.condition) return separated;
  return { ...separated, condition: asPredicate(item.condition) };
}

const matching = new Set([
  '~~',
  '!~~',
  '~~*',
  '!~~*',
  'like_escape',
  'contains',
  'starts_with',
  'prefix',
  'ends_with',
  'suffix',
]);

/** True for what T-SQL reads as a predicate. */
function isPredicate(expression: Expression): boolean {
  switch (expression.kind) {
    case 'comparison':
    case 'logical':
    case 'not':
    case 'null-test':
    case 'in-list':
    case 'between':
      return true;
    case 'subquery':
      return expression.role !== 'scalar';
    case 'call':
      return matching.has(expression.name);
    default:
      return false;
  }
}

const integer = { kind: 'plain', name: 'INTEGER' } as const;
const bit = { kind: 'plain', name: 'BOOLEAN' } as const;
const one: Expression = { kind: 'literal', type: integer, value: 1 };
const zero: Expression = { kind: 'literal', type: integer, value: 0 };
const nothing: Expression = { kind: 'literal', type: { kind: 'plain', name: 'NULL' }, value: null };

function asPredicate(expression: Expression): Expression {
  if (expression.kind === 'logical') return { ...expression, args: expression.args.map(asPredicate) };
  if (expression.kind === 'not') return negated(asPredicate(expression.operand));
  if (expression.kind === 'literal' && typeof expression.value === 'boolean') {
    return { kind: 'comparison', operator: '=', left: one, right: expression.value ? one : zero };
  }
  if (isPredicate(expression)) return children(expression);
  return { kind: 'comparison', operator: '=', left: asValue(expression), right: one };
}

/** T-SQL reads one NOT before a predicate, not two. */
function negated(predicate: Expression): Expression {
  if (predicate.kind === 'not') return predicate.operand;
  if (predicate.kind === 'comparison' && predicate.operator === 'is distinct from') {
    return { ...predicate, operator: 'is not distinct from' };
  }
  if (predicate.kind === 'comparison' && predicate.operator === 'is not distinct from') {
    return { ...predicate, operator: 'is distinct from' };
  }
  return { kind: 'not', operand: predicate };
}

function neverNull(predicate: Expression): boolean {
  if (predicate.kind === 'comparison') return predicate.operator.startsWith('is ');
  return predicate.kind === 'null-test' || (predicate.kind === 'subquery' && predicate.role === 'exists');
}

function asValue(expression: Expression): Expression {
  if (!isPredicate(expression)) return children(expression);
  const predicate = asPredicate({ ...expression, alias: undefined } as Expression);
  const branches = [{ when: predicate, result: one }];
  const mayBeNull = !neverNull(expression);
  const value: Expression = mayBeNull
    ? {
        kind: 'case',
        branches: [...branches, { when: negated(predicate), result: zero }],
        otherwise: nothing,
      }
    : { kind: 'case', branches, otherwise: zero };
  const alias = expression.alias === undefined ? {} : { alias: expression.alias };
  return { kind: 'cast', operand: value, type: bit, lenient: false, ...alias };
}

/** Children of a value are values, but for the conditions of CASE and FILTER. */
function children(expression: Expression): Expression {
  const mapped = mapExpression(expression, asValue, separateQuery);
  if (mapped.kind === 'case' && expression.kind === 'case') {
    return {
      ...mapped,
      branches: expression.branches.map(({ when, result }) => ({
        when: asPredicate(when),
        result: asValue(result),
      })),
    };
  }
  if ((mapped.kind === 'call' || mapped.kind === 'window') && 'filter' in expression && expression.filter) {
    return { ...mapped, filter: asPredicate(expression.filter) };
  }
  return mapped;
}
