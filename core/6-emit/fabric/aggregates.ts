import type { Call } from '../../sql/index.ts';
import { type CallParts, type CallPrinter, callTable } from '../print/call-table.ts';
import type { PrintExpression } from '../print/dialect.ts';
import { printOrderItem } from './order-item.ts';

/** FILTER becomes a CASE around the argument: aggregates leave NULLs out. */
export function filtered(call: Pick<Call, 'filter'>, value: string, print: PrintExpression): string {
  return call.filter === undefined ? value : `case when ${print(call.filter)} then ${value} end`;
}

const aggregate =
  (name: string, value: (parts: CallParts) => string = ({ text }) => text[0] ?? ''): CallPrinter =>
  (parts) =>
    `${name}(${parts.call.distinct ? 'distinct ' : ''}${filtered(parts.call, value(parts), parts.print)})`;

/** Integers are summed as bigint, averaged as float: T-SQL would overflow and cut. */
const summed = (parts: CallParts) =>
  ['integer', 'boolean'].includes(parts.family(0))
    ? `cast(${parts.text[0]} as bigint)`
    : (parts.text[0] ?? '');
const averaged = ({ text }: CallParts) => `cast(${text[0]} as float)`;

/** Bits have no order: they are compared as integers. */
const extreme =
  (name: string): CallPrinter =>
  (parts) => {
    if (parts.args.length > 1)
      return parts.refuse(
        'lists of several extremes have no equal',
        `take one: list_extract(${name}(x, n), n)`,
      );
    return parts.family(0) === 'boolean'
      ? `cast(${aggregate(name, ({ text }) => `cast(${text[0]} as int)`)(parts)} as bit)`
      : aggregate(name)(parts);
  };

/** DuckDB adds the conditions up: where none of them is known, it answers NULL. */
const countIf: CallPrinter = ({ call, text, print }) =>
  `sum(${filtered(call, `cast(${text[0]} as bigint)`, print)})`;

const stringAgg: CallPrinter = ({ call, text, print, refuse }) => {
  if (call.distinct) return refuse('STRING_AGG has no DISTINCT', 'make the rows distinct in a subquery');
  const value = filtered(call, `cast(${text[0]} as varchar(8000))`, print);
  const order = call.orderBy.map((item) => printOrderItem(item, print));
  const within = order.length > 0 ? ` within group (order by ${order.join(', ')})` : '';
  return `string_agg(${value}, ${text[1] ?? "','"})${within}`;
};

const nested =
  (what: string): CallPrinter =>
  ({ refuse }) =>
    refuse(`T-SQL has no ${what} as an aggregate`, 'compute it with a window in a CTE and take max() of it');

/** Aggregates. What needs an order inside a group is refused with the rewrite. */
export const aggregates = callTable([
  ['count', aggregate('count_big')],
  ['sum', aggregate('sum', summed)],
  ['avg mean', aggregate('avg', averaged)],
  ['min', extreme('min')],
  ['max', extreme('max')],
  ['bool_and', extreme('min')],
  ['bool_or', extreme('max')],
  ['any_value arbitrary', extreme('min')],
  ['count_if countif', countIf],
  ['stddev stddev_samp', aggregate('stdev', averaged)],
  ['stddev_pop', aggregate('stdevp', averaged)],
  ['variance var_samp', aggregate('var', averaged)],
  ['var_pop', aggregate('varp', averaged)],
  ['string_agg group_concat listagg', stringAgg],
  ['median quantile_cont quantile_disc quantile', nested('quantile')],
  [
    'approx_quantile',
    ({ refuse }) => refuse('its estimate is not repeated elsewhere', 'use quantile_cont, which is exact'),
  ],
  [
    'approx_count_distinct',
    ({ refuse }) => refuse('its estimate is not repeated elsewhere', 'use count(distinct x)'),
  ],
  ['arg_max arg_min arg_max_null arg_min_null max_by min_by', nested('arg_max')],
  ['first last', nested('first or last')],
  ['list array_agg', nested('list')],
]);
