import type { Comparison, Expression, FromItem, Join, Select } from '../../sql/index.ts';
import { queryPass } from '../normalise/pass.ts';
import { type Environment, relationsOf } from '../normalise/scope.ts';
import type { Refusals } from '../refusal.ts';

/**
 * ASOF JOIN as a join on ranges: each right row is valid from its own time to the next row's, within its keys.
 * `l.t >= r.t` becomes `l.t >= r.t and (l.t < r.next or r.next is null)`; looking forward, `<=`, uses the row
 * before.
 */
export const asofToRanges = queryPass('asof-to-ranges', (query, { environment, refusals }) =>
  query.kind === 'select' ? { ...query, from: rewrite(query.from, environment, refusals) } : query,
);

function rewrite(item: FromItem, environment: Environment, refusals: Refusals): FromItem {
  if (item.kind !== 'join') return item;
  const join = {
    ...item,
    left: rewrite(item.left, environment, refusals),
    right: rewrite(item.right, environment, refusals),
  };
  return join.form === 'asof' ? rangeJoin(join, environment, refusals) : join;
}

const next = '_next';
const mirrored = { '>=': '<=', '>': '<', '<=': '>=', '<': '>' } as const;

function rangeJoin(join: Join, environment: Environment, refusals: Refusals): Join {
  const [right, ...others] = relationsOf(join.right, environment);
  const parts =
    join.condition?.kind === 'logical' && join.condition.operator === 'and'
      ? join.condition.args
      : [join.condition];
  const owned = (expression: Expression) =>
    expression.kind === 'column' && expression.path[0] === right?.alias;
  const sides = parts.flatMap((part) => (part?.kind === 'comparison' ? [oriented(part, owned)] : []));
  const inequality = sides.find(({ operator }) => operator in mirrored);
  const equalities = sides.filter(
    (side) => side !== inequality && side.operator === '=' && owned(side.right),
  );
  if (
    !right ||
    others.length > 0 ||
    !inequality ||
    equalities.length !== parts.length - 1 ||
    !owned(inequality.right)
  ) {
    refusals.add({
      ...(join.at === undefined ? {} : { at: join.at }),
      what: 'this ASOF JOIN',
      why: 'it is translated only with one inequality and equalities of plain columns of one right table',
      rewrite: 'put the right side into a CTE and join on its columns',
    });
    return join;
  }
  const backward = inequality.operator === '>=' || inequality.operator === '>';
  const bound: Expression = { kind: 'column', path: [right.alias, next] };
  const before = backward
    ? strictly(inequality.operator, '>=', '<', '<=')
    : strictly(inequality.operator, '<=', '>', '>=');
  const open: Expression = { kind: 'null-test', negated: false, operand: bound };
  const within: Expression = { kind: 'comparison', operator: before, left: inequality.left, right: bound };
  return {
    ...join,
    form: 'regular',
    condition: {
      kind: 'logical',
      operator: 'and',
      args: [...equalities, inequality, { kind: 'logical', operator: 'or', args: [within, open] }],
    },
    right: withNext(
      join.right,
      right.alias,
      equalities.map((side) => side.right),
      inequality.right,
      backward,
    ),
  };
}

function strictly(
  operator: Comparison['operator'],
  inclusive: Comparison['operator'],
  exclusiveBound: '<' | '>',
  inclusiveBound: '<=' | '>=',
): '<' | '>' | '<=' | '>=' {
  return operator === inclusive ? exclusiveBound : inclusiveBound;
}

/** The comparison with the right table's column on the right. */
function oriented(part: Comparison, owned: (expression: Expression) => boolean): Comparison {
  if (!owned(part.left) || owned(part.right)) return part;
  const operator =
    part.operator in mirrored ? mirrored[part.operator as keyof typeof mirrored] : part.operator;
  return { ...part, operator, left: part.right, right: part.left };
}

/** The right side with the time of the row that ends each row's range; rows without a time match nothing. */
function withNext(
  item: FromItem,
  alias: string,
  keys: readonly Expression[],
  time: Expression,
  backward: boolean,
): FromItem {
  const select: Select = {
    kind: 'select',
    ctes: [],
    items: [
      { kind: 'star', relation: alias, exclude: [], replace: [], rename: [], columns: false },
      {
        kind: 'window',
        alias: next,
        name: backward ? 'lead' : 'lag',
        args: [time],
        distinct: false,
        ignoreNulls: false,
        argOrderBy: [],
        partitionBy: keys,
        orderBy: [{ expression: time, direction: 'asc', nulls: 'last' }],
        frame: {
          unit: 'range',
          start: { kind: 'unbounded-preceding' },
          end: { kind: 'current-row' },
          exclude: 'no others',
        },
      },
    ],
    from: { ...item, alias } as FromItem,
    where: { kind: 'null-test', negated: true, operand: time },
    groupBy: { kind: 'none' },
    orderBy: [],
  };
  return { kind: 'subquery', query: select, columns: [], alias };
}
