import {
  type Expression,
  type FrameBound,
  rewriteExpression,
  type Select,
  someExpression,
  type WindowCall,
} from '../../sql/index.ts';
import { selectPass } from '../normalise/pass.ts';
import { isAggregate } from '../types/aggregates.ts';
import { all, call, derivedRows, named } from './derived-rows.ts';

const rowsName = '_frame_rows';
const here = '_here';
const there = '_there';

/**
 * T-SQL has no RANGE frame with an offset: the rows become a CTE, and the window an aggregate over those of its rows that
 * lie in the frame around the current one. A NULL key has only its like in the frame, unless an end of it is open.
 *
 * What stands in a query that looks at the rows around it stays: its rows cannot be moved into a CTE. The printer refuses it.
 */
export const correlatedRangeFrames = selectPass(
  'correlated-range-frames',
  (select, { scope, environment }) => {
    const used = [...select.items, ...select.orderBy.map(({ expression }) => expression)];
    if (!used.some((expression) => someExpression(expression, isOffsetRange))) return select;
    const grouped =
      select.groupBy.kind !== 'none' || used.some((expression) => someExpression(expression, isAggregate));
    if (grouped || environment.outer !== undefined) return select;
    const rows = derivedRows(select, scope, used);
    const outside = (expression: Expression): Expression =>
      rewriteExpression(rows.over(expression, here), {
        expression: (part) => (isOffsetRange(part) ? aggregateOfFrame(part as WindowCall) : part),
      });
    const { where: _, ...rest } = select;
    return {
      ...rest,
      ctes: [
        ...select.ctes,
        { name: rowsName, columns: [], materialized: 'default', query: rows.from(rowsName).query },
      ],
      items: select.items.map((item) => named(outside(item), item)),
      orderBy: select.orderBy.map((item) => ({ ...item, expression: outside(item.expression) })),
      from: { kind: 'table', name: rowsName, columns: [], alias: here },
    };
  },
);

function isOffsetRange(part: Expression): boolean {
  return (
    part.kind === 'window' &&
    part.frame.unit === 'range' &&
    ('offset' in part.frame.start || 'offset' in part.frame.end) &&
    part.frame.exclude === 'no others' &&
    part.orderBy.length === 1 &&
    !part.distinct &&
    isAggregate({ ...part, kind: 'call', orderBy: [], operator: false } as Expression)
  );
}

/** A window over `_here` as an aggregate over the rows of `_there`. */
function aggregateOfFrame(part: WindowCall): Expression {
  const beside = (expression: Expression): Expression =>
    rewriteExpression(expression, {
      expression: (column) =>
        column.kind === 'column' && column.path[0] === here
          ? { ...column, path: [there, ...column.path.slice(1)] }
          : column,
    });
  const partition = part.partitionBy.map(
    (key): Expression => ({
      kind: 'comparison',
      operator: 'is not distinct from',
      left: beside(key),
      right: key,
    }),
  );
  const query: Select = {
    kind: 'select',
    ctes: [],
    items: [
      {
        ...call(part.args.length === 0 ? 'count_star' : part.name, part.args.map(beside)),
        ...(part.filter ? { filter: beside(part.filter) } : {}),
        alias: 'value',
      } as Expression,
    ],
    from: { kind: 'table', name: rowsName, columns: [], alias: there },
    where: all([...partition, inFrame(part, beside)]),
    groupBy: { kind: 'none' },
    orderBy: [],
  };
  return { kind: 'subquery', role: 'scalar', query };
}

function inFrame(
  { frame: { start, end }, orderBy }: WindowCall,
  beside: (key: Expression) => Expression,
): Expression {
  const [item] = orderBy;
  if (item === undefined) throw new Error('a RANGE frame has one order key');
  const { expression: key, direction, nulls } = item;
  const descending = direction === 'desc';
  const other = beside(key);
  const compared = (operator: '>=' | '<=', bound: FrameBound): Expression[] =>
    bound.kind.startsWith('unbounded')
      ? []
      : [{ kind: 'comparison', operator, left: other, right: boundary(key, bound, descending) }];
  const [from, to] = descending ? (['<=', '>='] as const) : (['>=', '<='] as const);
  const within = [...compared(from, start), ...compared(to, end)];
  const isNull = (operand: Expression): Expression => ({ kind: 'null-test', negated: false, operand });
  const nullsFirst = nulls === 'first';
  const openTowardsNulls =
    (start.kind === 'unbounded-preceding' && nullsFirst) ||
    (end.kind === 'unbounded-following' && !nullsFirst);
  const open = start.kind === 'unbounded-preceding' || end.kind === 'unbounded-following';
  const ofNull = openTowardsNulls ? isNull(other) : open ? isNull(key) : all([isNull(key), isNull(other)]);
  return { kind: 'logical', operator: 'or', args: [all(within), ofNull] };
}

function boundary(key: Expression, bound: FrameBound, descending: boolean): Expression {
  if (!('offset' in bound)) return key;
  const back = (bound.kind === 'preceding') !== descending;
  return call(back ? '-' : '+', [key, bound.offset], true);
}
