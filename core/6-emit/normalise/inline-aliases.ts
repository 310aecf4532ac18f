import { type Expression, mapExpression, type Select } from '../../sql/index.ts';
import { selectPass } from './pass.ts';
import { resolveColumn, type Scope } from './scope.ts';

/**
 * DuckDB lets WHERE, GROUP BY, HAVING, QUALIFY and later select items name an output column; other engines do
 * not. Such names are replaced by what they stand for. A column of a table wins over an alias, as in DuckDB;
 * ORDER BY is left alone, because every engine lets it name outputs.
 */
export const inlineAliases = selectPass('inline-aliases', (select, { scope }) => {
  const known = new Map<string, Expression>();
  const inline = (expression: Expression) => replace(expression, known, scope);
  const items = select.items.map((item) => {
    const inlined = inline(item);
    if (item.alias !== undefined) known.set(item.alias.toLowerCase(), bare(inlined));
    return inlined;
  });
  return {
    ...select,
    items,
    ...(select.where ? { where: inline(select.where) } : {}),
    groupBy: inlineGroupBy(select.groupBy, inline),
    ...(select.having ? { having: inline(select.having) } : {}),
    ...(select.qualify ? { qualify: inline(select.qualify) } : {}),
    ...(select.distinct ? { distinct: { on: select.distinct.on.map(inline) } } : {}),
  };
});

function inlineGroupBy(
  groupBy: Select['groupBy'],
  inline: (key: Expression) => Expression,
): Select['groupBy'] {
  return groupBy.kind === 'keys' ? { ...groupBy, keys: groupBy.keys.map(inline) } : groupBy;
}

function bare(expression: Expression): Expression {
  const { alias: _, ...rest } = expression;
  return rest as Expression;
}

function replace(expression: Expression, known: ReadonlyMap<string, Expression>, scope: Scope): Expression {
  if (
    expression.kind === 'column' &&
    expression.path.length === 1 &&
    !resolveColumn(expression.path, scope)
  ) {
    const meant = known.get((expression.path[0] as string).toLowerCase());
    if (meant) return expression.alias === undefined ? meant : { ...meant, alias: expression.alias };
  }
  return mapExpression(
    expression,
    (child) => replace(child, known, scope),
    (query) => query,
  );
}
