import type { Expression, FromItem, Join, Query, Select } from '../../sql/index.ts';
import { queryPass, selectPass } from '../normalise/pass.ts';
import { relationsOf } from '../normalise/scope.ts';
import { integer } from '../types/whole-number.ts';

/** SEMI and ANTI joins become EXISTS in WHERE. */
export const existsForSemiJoins = selectPass('exists-for-semi-joins', (select) => {
  const conditions: Expression[] = [];
  const from = strip(select.from, conditions);
  if (conditions.length === 0) return select;
  const all = [...(select.where ? [select.where] : []), ...conditions];
  const [only] = all;
  const where: Expression = all.length === 1 && only ? only : { kind: 'logical', operator: 'and', args: all };
  return { ...select, from, where };
});

function strip(item: FromItem, conditions: Expression[]): FromItem {
  if (item.kind !== 'join') return item;
  const left = strip(item.left, conditions);
  if (item.type !== 'semi' && item.type !== 'anti')
    return { ...item, left, right: strip(item.right, conditions) };
  const query: Query = {
    kind: 'select',
    ctes: [],
    items: [{ ...integer(1), alias: 'found' }],
    from: item.right,
    ...(item.condition ? { where: item.condition } : {}),
    groupBy: { kind: 'none' },
    orderBy: [],
  };
  const exists: Expression = { kind: 'subquery', role: 'exists', query };
  conditions.push(item.type === 'semi' ? exists : { kind: 'not', operand: exists });
  return left;
}

/** ASOF JOIN becomes APPLY over the nearest right row: `select top (1) ... order by time`. */
export const applyForAsof = queryPass('apply-for-asof', (query, { environment, refusals }) => {
  const rewrite = (item: FromItem): FromItem => {
    if (item.kind !== 'join') return item;
    const join = { ...item, left: rewrite(item.left), right: rewrite(item.right) };
    if (join.form !== 'asof') return join;
    const [relation, ...others] = relationsOf(join.right, environment);
    const parts = conjuncts(join.condition);
    const inequality = parts.find((part) => part.kind === 'comparison' && /[<>]/.test(part.operator));
    if (!relation || others.length > 0 || inequality?.kind !== 'comparison') {
      refusals.add({
        what: 'this ASOF JOIN',
        why: 'it is translated only with one right table and one inequality',
        rewrite: 'put the right side into a CTE and join on its columns',
      });
      return join;
    }
    const rightIsOurs = inequality.right.kind === 'column' && inequality.right.path[0] === relation.alias;
    const time = rightIsOurs ? inequality.right : inequality.left;
    const backward = inequality.operator.startsWith('>') === rightIsOurs;
    return nearest(join, relation.alias, parts, time, backward);
  };
  return query.kind === 'select' ? { ...query, from: rewrite(query.from) } : query;
});

function conjuncts(condition: Expression | undefined): readonly Expression[] {
  if (condition === undefined) return [];
  return condition.kind === 'logical' && condition.operator === 'and' ? condition.args : [condition];
}

function nearest(
  join: Join,
  alias: string,
  parts: readonly Expression[],
  time: Expression,
  backward: boolean,
): Join {
  const [only] = parts;
  const select: Select = {
    kind: 'select',
    ctes: [],
    items: [{ kind: 'star', relation: alias, exclude: [], replace: [], rename: [], columns: false }],
    from: { ...join.right, alias } as FromItem,
    where: parts.length === 1 && only ? only : { kind: 'logical', operator: 'and', args: parts },
    groupBy: { kind: 'none' },
    orderBy: [{ expression: time, direction: backward ? 'desc' : 'asc', nulls: 'last' }],
    limit: { count: integer(1), percent: false },
  };
  const right: FromItem = { kind: 'subquery', query: select, columns: [], alias };
  const { condition: _, ...rest } = join;
  return { ...rest, form: 'cross', right };
}
