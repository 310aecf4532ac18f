import {
  type Expression,
  rewriteExpression,
  type Select,
  someExpression,
  type WindowCall,
} from '../../sql/index.ts';
import { selectPass } from '../normalise/pass.ts';
import { isAggregate } from '../types/aggregates.ts';
import { all, derivedRows, isNotNull, named, one, when } from './derived-rows.ts';
import { window } from './ordered-aggregates.ts';

const alias = '_rows';

/**
 * A warehouse has neither IGNORE NULLS nor NTH_VALUE. They become windows over windows, in derived tables:
 *
 * - `last_value(x ignore nulls)`: the count of values so far stays the same from one value to the next, so that the value
 *   is the greatest of its stretch
 * - `lag` and `lead` with it: that, of the row before or after
 * - `first_value(x ignore nulls)`: the value before which none was counted
 * - `nth_value(x, n)`: the value of the row with that number
 *
 * Frames that begin elsewhere than at the partition's start stay, and the printer refuses them.
 */
export const windowsForIgnoredNulls = selectPass('windows-for-ignored-nulls', (select, { scope }) => {
  const used = [...select.items, ...select.orderBy.map(({ expression }) => expression)];
  if (!used.some((expression) => someExpression(expression, isOurs))) return select;
  if (select.groupBy.kind !== 'none' || used.some((expression) => someExpression(expression, isAggregate)))
    return select;
  const rows = derivedRows(select, scope, used);
  const first: Expression[] = [];
  const second: Expression[] = [];
  const add = (layer: Expression[], expression: Expression): Expression => {
    const name = `_step_${first.length + second.length + 1}`;
    layer.push({ ...expression, alias: name });
    return { kind: 'column', path: [alias, name] };
  };
  const outside = (expression: Expression): Expression =>
    rows.over(
      rewriteExpression(expression, {
        expression: (part) =>
          isOurs(part)
            ? replaced(part as WindowCall, (layer, step) => add(layer === 1 ? first : second, step))
            : part,
      }),
      alias,
    );
  const items = select.items.map((item) => named(outside(item), item));
  const orderBy = select.orderBy.map((item) => ({ ...item, expression: outside(item.expression) }));
  const { where: _, ...rest } = select;
  const base = rows.from(alias, first);
  if (second.length === 0) return { ...rest, items, orderBy, from: base };
  const kept = [...rows.names, ...first.map((step) => step.alias as string)].map(
    (name): Expression => ({
      kind: 'column',
      path: [alias, name],
      alias: name,
    }),
  );
  const query: Select = {
    kind: 'select',
    ctes: [],
    items: [...kept, ...second.map((step) => rows.over(step, alias))],
    from: base,
    groupBy: { kind: 'none' },
    orderBy: [],
  };
  return { ...rest, items, orderBy, from: { kind: 'subquery', alias, columns: [], query } };
});

const untilHere: WindowCall['frame'] = {
  unit: 'rows',
  start: { kind: 'unbounded-preceding' },
  end: { kind: 'current-row' },
  exclude: 'no others',
};
const fromHere: WindowCall['frame'] = {
  ...untilHere,
  start: { kind: 'current-row' },
  end: { kind: 'unbounded-following' },
};
const before: WindowCall['frame'] = { ...untilHere, end: { kind: 'preceding', offset: one } };

function isOurs(part: Expression): boolean {
  if (part.kind !== 'window' || part.distinct || part.filter || part.frame.exclude !== 'no others')
    return false;
  const { name, args, frame, orderBy } = part;
  if (orderBy.length === 0) return false;
  const fromStart =
    frame.start.kind === 'unbounded-preceding' && frame.unit !== 'groups' && !('offset' in frame.end);
  if (name === 'nth_value') return !part.ignoreNulls && fromStart && args[1]?.kind === 'literal';
  if (!part.ignoreNulls) return false;
  if (name === 'last_value') return fromStart && frame.end.kind === 'current-row';
  return (name === 'first_value' && fromStart) || ((name === 'lag' || name === 'lead') && args.length === 1);
}

type Add = (layer: 1 | 2, step: Expression) => Expression;

function replaced(part: WindowCall, add: Add): Expression {
  const { name, args, partitionBy, orderBy, frame } = part;
  const [value = one, number = one] = args;
  const over = (own: WindowCall['frame']) => window('count', [value], partitionBy, orderBy, own);
  switch (name) {
    case 'nth_value': {
      const place: Expression = {
        kind: 'comparison',
        operator: '=',
        left: window('row_number', [], partitionBy, orderBy),
        right: number,
      };
      return window('max', [add(1, when(place, value))], partitionBy, orderBy, frame);
    }
    case 'first_value': {
      const none: Expression = { kind: 'comparison', operator: '<', left: over(before), right: one };
      const isFirst = all([isNotNull(value), none]);
      return window('max', [add(1, when(isFirst, value))], partitionBy, orderBy, frame);
    }
    case 'last_value':
      return window('max', [value], [...partitionBy, add(1, over(frame))], []);
    default: {
      const counted = add(1, over(name === 'lag' ? untilHere : fromHere));
      const filled = add(2, window('max', [value], [...partitionBy, counted], []));
      return window(name, [filled], partitionBy, orderBy);
    }
  }
}
