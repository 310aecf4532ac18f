import type { BoundColumn } from '../../4-bind/index.ts';
import type { Expression, Query, TypeNode } from '../../sql/index.ts';
import type { Environment } from '../normalise/scope.ts';
import { outputOf } from '../normalise/scope.ts';

/**
 * Casts each output to the type that DuckDB gave it, so that a created table has the model's types whatever the
 * target would infer. Sums of integers are cut to BIGINT: HUGEINT is no type to store.
 */
export function castOutputs(query: Query, columns: readonly BoundColumn[], environment: Environment): Query {
  const types = columns.map(({ type }) => parseType(type));
  const cast = (expression: Expression, index: number): Expression => {
    const type = types[index];
    const name = columns[index]?.name;
    if (type === undefined || name === undefined) return expression;
    const { alias: _, ...operand } = expression;
    return { kind: 'cast', operand: operand as Expression, type, lenient: false, alias: name };
  };
  if (
    query.kind === 'select' &&
    query.distinct === undefined &&
    query.items.every(({ kind }) => kind !== 'star')
  ) {
    return { ...query, items: query.items.map(cast) };
  }
  const alias = '_model';
  const outputs = outputOf(query, environment);
  const { ctes, orderBy, limit, ...body } = query;
  const inner =
    limit === undefined ? { ...body, ctes: [], orderBy: [] } : { ...body, ctes: [], orderBy, limit };
  return {
    kind: 'select',
    ctes,
    items: outputs.map(({ name }, index) => cast({ kind: 'column', path: [alias, name] }, index)),
    from: { kind: 'subquery', alias, columns: [], query: inner as Query },
    groupBy: { kind: 'none' },
    orderBy: [],
  };
}

/** The types a table can have; a nested one is left as it is. */
function parseType(type: string): TypeNode | undefined {
  const decimal = /^DECIMAL\((\d+),\s*(\d+)\)$/.exec(type);
  if (decimal) return { kind: 'decimal', width: Number(decimal[1]), scale: Number(decimal[2]) };
  if (type === 'HUGEINT' || type === 'UBIGINT' || type === 'UHUGEINT')
    return { kind: 'plain', name: 'BIGINT' };
  return /^[A-Z_ ]+$/.test(type) && type !== 'NULL' && type !== 'INTERVAL'
    ? { kind: 'plain', name: type }
    : undefined;
}
