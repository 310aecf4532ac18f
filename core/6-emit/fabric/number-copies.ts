import type { Expression, Query, Select } from '../../sql/index.ts';
import { queryPass } from '../normalise/pass.ts';
import { outputOf } from '../normalise/scope.ts';
import { window } from './ordered-aggregates.ts';

/**
 * T-SQL has EXCEPT and INTERSECT of distinct rows only. Under ALL, equal rows are numbered on both sides and the numbers
 * are compared too: the third copy on the left meets the third copy on the right.
 */
export const numberCopies = queryPass('number-copies', (query, { environment }) => {
  if (query.kind !== 'set-operation' || !query.all || !/^(except|intersect)$/.test(query.operator))
    return query;
  const names = outputOf(query, environment).map(({ name }) => name);
  const { ctes, orderBy, limit, ...operation } = query;
  const made: Select = {
    kind: 'select',
    ctes,
    items: names.map((name): Expression => ({ kind: 'column', path: ['_numbered', name], alias: name })),
    from: {
      kind: 'subquery',
      alias: '_numbered',
      columns: [],
      query: {
        ...operation,
        ctes: [],
        orderBy: [],
        all: false,
        left: numbered(query.left, names, '_left'),
        right: numbered(
          query.right,
          outputOf(query.right, environment).map(({ name }) => name),
          '_right',
        ),
      },
    },
    groupBy: { kind: 'none' },
    orderBy,
    ...(limit ? { limit } : {}),
  };
  return made;
});

function numbered(query: Query, names: readonly string[], alias: string): Select {
  const columns = names.map((name): Expression => ({ kind: 'column', path: [alias, name], alias: name }));
  const bare = columns.map(({ alias: _, ...column }) => column as Expression);
  return {
    kind: 'select',
    ctes: [],
    items: [...columns, { ...window('row_number', [], bare, []), alias: '_copy' }],
    from: { kind: 'subquery', alias, columns: [], query },
    groupBy: { kind: 'none' },
    orderBy: [],
  };
}
