import type { Expression, Query, Select } from '../../sql/index.ts';
import { queryPass } from './pass.ts';
import { outputOf, type ScopeColumn } from './scope.ts';

/** UNION BY NAME becomes a UNION of two selects with the same columns in the same order, NULL where one lacks them. */
export const alignByName = queryPass('align-by-name', (query, { environment }) => {
  if (query.kind !== 'set-operation' || query.operator !== 'union by name') return query;
  const [left, right] = [outputOf(query.left, environment), outputOf(query.right, environment)];
  const names = [...left, ...right.filter((column) => !left.some((known) => same(known, column)))];
  return {
    ...query,
    operator: 'union',
    left: project(query.left, left, names, '_left'),
    right: project(query.right, right, names, '_right'),
  };
});

function same(a: ScopeColumn, b: ScopeColumn): boolean {
  return a.name.toLowerCase() === b.name.toLowerCase();
}

function project(
  query: Query,
  own: readonly ScopeColumn[],
  names: readonly ScopeColumn[],
  alias: string,
): Select {
  return {
    kind: 'select',
    ctes: [],
    items: names.map(
      (wanted): Expression =>
        own.some((column) => same(column, wanted))
          ? { kind: 'column', path: [alias, wanted.name], alias: wanted.name }
          : { kind: 'literal', type: { kind: 'plain', name: 'NULL' }, value: null, alias: wanted.name },
    ),
    from: { kind: 'subquery', query, columns: [], alias },
    groupBy: { kind: 'none' },
    orderBy: [],
  };
}
