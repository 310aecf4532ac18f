import { type Expression, mapExpression, mapQuery } from '../../sql/index.ts';
import { selectPass } from './pass.ts';
import { resolveColumn, type Scope } from './scope.ts';

/**
 * Every column is named with its table, spelt as the table spells it: other engines compare names by case, and
 * a column added to another table later must not change what a name means.
 */
export const qualifyNames = selectPass('qualify-names', (select, { scope }) => {
  const expression = (root: Expression) => qualify(root, scope);
  const { orderBy, ...rest } = select;
  const outputs = new Set(select.items.map((item) => item.alias?.toLowerCase()));
  const qualified = mapQuery(
    { ...rest, orderBy: [] },
    { expression, query: (query) => query, from: (item) => item },
  );
  return {
    ...qualified,
    // ORDER BY names outputs first; only what is no output is a column of a table.
    orderBy: orderBy.map((item) => {
      const { expression: key } = item;
      const isOutput =
        key.kind === 'column' && key.path.length === 1 && outputs.has(key.path[0]?.toLowerCase());
      return isOutput ? item : { ...item, expression: expression(key) };
    }),
  };
});

function qualify(expression: Expression, scope: Scope): Expression {
  if (expression.kind === 'column') {
    const found = resolveColumn(expression.path, scope);
    return found === undefined || found.relation.alias === ''
      ? expression
      : { ...expression, path: [found.relation.alias, found.column.name] };
  }
  return mapExpression(
    expression,
    (child) => qualify(child, scope),
    (query) => query,
  );
}
