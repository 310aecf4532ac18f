import type { Expression, FromItem, Join } from '../../sql/index.ts';
import { mapQuery, rewriteExpression } from '../../sql/index.ts';
import { selectPass } from './pass.ts';
import { type Environment, lateral, mergedNames, relationsOf, starColumns } from './scope.ts';

/**
 * USING and NATURAL become ON. A merged column, named without its table, becomes the side that is never
 * NULL for the join: left for inner and left joins, right for right joins, COALESCE of both for full joins.
 */
export const mergeUsing = selectPass('merge-using', (select, { environment }) => {
  const merged = new Map<string, Expression>();
  const from = rewriteJoins(select.from, environment, merged);
  if (merged.size === 0) return { ...select, from };
  const expression = (root: Expression) =>
    rewriteExpression(root, {
      expression: (part) => {
        const replacement =
          part.kind === 'column' && part.path.length === 1
            ? merged.get(key(part.path[0] as string))
            : undefined;
        if (replacement === undefined) return part;
        return { ...replacement, ...(part.alias === undefined ? {} : { alias: part.alias }) };
      },
    });
  const named = select.items.map((item) =>
    item.kind === 'column' && item.alias === undefined
      ? { ...item, alias: item.path.at(-1) as string }
      : item,
  );
  return mapQuery(
    { ...select, items: named, from },
    { expression, query: (query) => query, from: (item) => item },
  );
});

const key = (name: string) => name.toLowerCase();

function rewriteJoins(item: FromItem, environment: Environment, merged: Map<string, Expression>): FromItem {
  if (item.kind !== 'join') return item;
  const left = rewriteJoins(item.left, environment, merged);
  const right = rewriteJoins(item.right, environment, merged);
  const beside = lateral(environment, relationsOf(left, environment));
  const names = mergedNames(item, starColumns(item.left, environment), starColumns(item.right, beside));
  if (names.length === 0)
    return { ...item, left, right, form: item.form === 'natural' ? 'cross' : item.form };
  const sides = names.map((name) => {
    const ours = merged.get(key(name)) ?? sideOf(name, relationsOf(left, environment));
    const theirs = sideOf(name, relationsOf(right, beside));
    if (item.type !== 'semi' && item.type !== 'anti') merged.set(key(name), mergedSide(item, ours, theirs));
    return { ours, theirs };
  });
  // The last USING column of an ASOF join is its inequality.
  const equal = sides.map(({ ours, theirs }, index): Expression => {
    const isInequality = item.form === 'asof' && index === sides.length - 1;
    return { kind: 'comparison', operator: isInequality ? '>=' : '=', left: ours, right: theirs };
  });
  const [only] = equal;
  const condition: Expression =
    equal.length === 1 && only ? only : { kind: 'logical', operator: 'and', args: equal };
  return {
    ...item,
    left,
    right,
    using: [],
    condition,
    form: item.form === 'natural' ? 'regular' : item.form,
  };
}

function sideOf(name: string, relations: ReturnType<typeof relationsOf>): Expression {
  const relation = relations.find(({ columns }) => columns.some((column) => key(column.name) === key(name)));
  return { kind: 'column', path: relation === undefined ? [name] : [relation.alias, name] };
}

function mergedSide(join: Join, ours: Expression, theirs: Expression): Expression {
  if (join.type === 'right') return theirs;
  if (join.type === 'full') return { kind: 'special', name: 'coalesce', args: [ours, theirs] };
  return ours;
}
