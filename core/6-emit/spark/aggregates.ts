import { type CallPrinter, callTable, renamed } from '../print/call-table.ts';
import { printedFilter } from '../print/filter.ts';
import { nthExtreme } from '../types/aggregates.ts';

const same: CallPrinter = (call) => renamed(call.call.name)(call);

/** DuckDB averages decimals as doubles. */
const avg: CallPrinter = (call) => {
  const { call: avgCall, text, print } = call;
  const distinct = avgCall.distinct ? 'distinct ' : '';
  const value = call.family(0) === 'decimal' ? `cast(${text[0]} as double)` : text[0];
  return `avg(${distinct}${value})${printedFilter(avgCall, print)}`;
};

/** Keeps the rows whose key is known: DuckDB's arg_max ignores the others, and those without a value unless `orNull`. */
const argBest =
  (name: string, orNull = false): CallPrinter =>
  ({ call, args, text, print }) => {
    if (text[2] !== undefined) return undefined;
    const given = call.filter === undefined ? '' : `${print(call.filter)} and `;
    const key = args[1];
    if (key?.kind === 'call' && key.name === 'row') {
      // A row is never NULL itself; a NULL in it is DuckDB's greatest value and Spark's smallest.
      const parts = key.args.map((part) => print(part)).flatMap((part) => [`${part} is null`, part]);
      const rows = orNull ? printedFilter(call, print) : ` filter (where ${given}${text[0]} is not null)`;
      return `${name}(${text[0]}, struct(${parts.join(', ')}))${rows}`;
    }
    const value = orNull ? '' : `${text[0]} is not null and `;
    return `${name}(${text[0]}, ${text[1]}) filter (where ${given}${value}${text[1]} is not null)`;
  };

const extreme: CallPrinter = (call) =>
  call.args.length === 1
    ? same(call)
    : call.refuse(
        'lists of several extremes have no equal',
        `take one: list_extract(${call.call.name}(x, n), n)`,
      );

/** The n-th of a group's values in order; a list of them all is sorted for it. */
const nth: CallPrinter = ({ call, print, refuse }) => {
  const found = nthExtreme(call);
  if (found === undefined) return refuse('lists are not translated', 'unnest or aggregate upstream');
  const values = `collect_list(${print(found.value)})${printedFilter(found.extremes, print)}`;
  const sorted = found.extremes.name === 'max' ? `sort_array(${values}, false)` : `sort_array(${values})`;
  return `get(${sorted}, ${found.n - 1})`;
};

const quantile: CallPrinter = (call) => {
  const q = call.constant(1);
  if (typeof q !== 'number' && typeof q !== 'string') {
    return call.refuse('only one constant quantile is translated', 'write one call for each quantile');
  }
  return `percentile(${call.text[0]}, ${q})${printedFilter(call.call, call.print)}`;
};

const quantileDisc: CallPrinter = (call) =>
  `percentile_disc(${call.text[1]}) within group (order by ${call.text[0]})${printedFilter(call.call, call.print)}`;

/** Values joined in order; over no value at all DuckDB answers NULL, not ''. */
const stringAgg: CallPrinter = (call) => {
  const [value, separator = "','"] = call.text;
  const list = orderedList(call, value ?? '');
  if (list === undefined) {
    return call.refuse(
      'only an order by the value itself, ascending, means the same',
      'order by the value, or aggregate upstream',
    );
  }
  const filter = printedFilter(call.call, call.print);
  return `case when count(${value})${filter} > 0 then array_join(${list}, ${separator}) end`;
};

function orderedList({ call, print }: Parameters<CallPrinter>[0], value: string): string | undefined {
  const filter = printedFilter(call, print);
  const collected = call.distinct ? `collect_set(${value})${filter}` : `collect_list(${value})${filter}`;
  const [order, ...others] = call.orderBy;
  if (order === undefined) return call.distinct ? undefined : collected;
  if (others.length > 0 || print(order.expression) !== value) return undefined;
  return order.direction === 'desc' ? `sort_array(${collected}, false)` : `sort_array(${collected})`;
}

/** DuckDB's lists keep NULLs; Spark's drop them. */
const list: CallPrinter = (call) => {
  const { filter } = call.call;
  const known = filter?.kind === 'null-test' && filter.negated && call.print(filter.operand) === call.text[0];
  if (!known) return call.refuse('Spark leaves NULLs out of lists', 'add FILTER (WHERE x IS NOT NULL)');
  const collected = orderedList(call, call.text[0] ?? '');
  return collected ?? call.refuse('the order of the list would not be kept', 'order by the value itself');
};

/** Of pairs without any spread DuckDB answers NaN, Spark NULL, as for no pairs. */
const overNoSpread: CallPrinter = ({ call, text, print }) => {
  const filter = printedFilter(call, print);
  const args = text.join(', ');
  return `case when regr_count(${args})${filter} > 0 then coalesce(${call.name}(${args})${filter}, double('NaN')) end`;
};

/** DuckDB estimates the skewness of what the rows are a sample of; Spark gives that of the rows. */
const skewness: CallPrinter = ({ call, text: [value], print }) => {
  const filter = printedFilter(call, print);
  const n = `count(${value})${filter}`;
  const estimate = `skewness(${value})${filter} * sqrt(${n} * (${n} - 1)) / (${n} - 2)`;
  return `case when ${n} > 2 then coalesce(${estimate}, double('NaN')) end`;
};

/** DuckDB's count of nothing is 0 and its sum NULL, as in Spark; only names differ. */
export const aggregates = callTable([
  [
    'count sum covar_pop covar_samp stddev_samp stddev_pop var_samp var_pop regr_intercept regr_count median',
    same,
  ],
  ['min max', extreme],
  ['list_extract array_extract list_element', nth],
  ['corr regr_slope', overNoSpread],
  ['skewness', skewness],
  ['bool_and bool_or', same],
  ['avg mean', avg],
  ['stddev', renamed('stddev_samp')],
  ['variance', renamed('var_samp')],
  // A sum, in DuckDB: without a known value it is NULL.
  [
    'count_if countif',
    ({ call, text, print }) => `sum(cast(${text[0]} as int))${printedFilter(call, print)}`,
  ],
  [
    'any_value arbitrary',
    ({ call, text, print }) => `any_value(${text[0]}, true)${printedFilter(call, print)}`,
  ],
  ['first', ({ call, text, print }) => `first(${text[0]})${printedFilter(call, print)}`],
  ['last', ({ call, text, print }) => `last(${text[0]})${printedFilter(call, print)}`],
  ['arg_max max_by', argBest('max_by')],
  ['arg_min min_by', argBest('min_by')],
  ['arg_max_null', argBest('max_by', true)],
  ['arg_min_null', argBest('min_by', true)],
  ['quantile_cont', quantile],
  ['quantile_disc quantile', quantileDisc],
  ['string_agg group_concat listagg', stringAgg],
  ['list array_agg', list],
]);
