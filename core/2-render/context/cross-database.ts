import { raise } from '../jinja/error.ts';
import { concatText } from '../jinja/segments.ts';
import { iterate, textOf } from '../jinja/values/compare.ts';
import { Bag, native } from '../jinja/values/native.ts';
import { toText } from '../jinja/values/show.ts';
import { type MappedText, Undefined, type Value } from '../jinja/values/value.ts';

/** A SQL snippet passed to a macro: text keeps its origins, numbers print as SQL. */
type Piece = string | MappedText;

function piece(value: Value | undefined): Piece {
  if (value === undefined || value === null) return 'null';
  return typeof value === 'object' && textOf(value) !== undefined ? (value as MappedText) : toText(value);
}

/** SQL from a template literal; origins of the pieces are kept. */
function sql(strings: TemplateStringsArray, ...values: (Value | undefined)[]): Value {
  const parts: Piece[] = [];
  for (const [i, text] of strings.entries()) {
    parts.push(text);
    if (i < values.length) parts.push(piece(values[i]));
  }
  return concatText(parts);
}

/** A date part or type name given as text or as a bare word. */
const word = (value: Value | undefined) =>
  toText(value ?? '')
    .replace(/^'(.*)'$/, '$1')
    .toLowerCase();
const has = (value: Value | undefined): value is Value =>
  value !== undefined && value !== null && !(value instanceof Undefined);

type Body = (args: (Value | undefined)[]) => Value;

const macros: Readonly<Record<string, { parameters: readonly string[]; body: Body }>> = {
  any_value: { parameters: ['expression'], body: ([e]) => sql`any_value(${e})` },
  bool_or: { parameters: ['expression'], body: ([e]) => sql`bool_or(${e})` },
  cast: { parameters: ['field', 'type'], body: ([field, type]) => sql`cast(${field} as ${type})` },
  safe_cast: { parameters: ['field', 'type'], body: ([field, type]) => sql`try_cast(${field} as ${type})` },
  cast_bool_to_text: {
    parameters: ['expression'],
    body: ([e]) => sql`cast(cast(${e} as boolean) as varchar)`,
  },
  concat: {
    parameters: ['fields'],
    body: ([fields]) =>
      concatText(
        iterate(fields as Value).flatMap((field, i) => (i === 0 ? [piece(field)] : [' || ', piece(field)])),
      ),
  },
  dateadd: {
    parameters: ['datepart', 'interval', 'from_date_or_timestamp'],
    body: ([part, interval, from]) => sql`date_add(${from}, interval (${interval}) ${word(part)})`,
  },
  datediff: {
    parameters: ['first_date', 'second_date', 'datepart'],
    body: ([first, second, part]) =>
      sql`date_diff('${word(part)}', ${first}::timestamp, ${second}::timestamp)`,
  },
  date_trunc: {
    parameters: ['datepart', 'date'],
    body: ([part, date]) => sql`date_trunc('${word(part)}', ${date})`,
  },
  date: {
    parameters: ['year', 'month', 'day'],
    body: ([year, month, day]) => sql`make_date(${year}, ${month}, ${day})`,
  },
  last_day: {
    parameters: ['date', 'datepart'],
    body: ([date, part]) => {
      const unit = word(part);
      return sql`cast(date_trunc('${unit}', ${date}) + interval 1 ${unit} - interval 1 day as date)`;
    },
  },
  escape_single_quotes: {
    parameters: ['expression'],
    body: ([e]) => toText(e as Value).replaceAll("'", "''"),
  },
  string_literal: { parameters: ['value'], body: ([value]) => sql`'${value}'` },
  except: { parameters: [], body: () => 'except' },
  intersect: { parameters: [], body: () => 'intersect' },
  hash: { parameters: ['field'], body: ([field]) => sql`md5(cast(${field} as varchar))` },
  length: { parameters: ['expression'], body: ([e]) => sql`length(${e})` },
  listagg: {
    parameters: ['measure', 'delimiter_text?', 'order_by_clause?', 'limit_num?'],
    body: ([measure, delimiter, order, limit]) => {
      const between = has(delimiter) ? delimiter : "','";
      const ordered = has(order) ? sql` ${order}` : '';
      if (has(limit))
        return sql`array_to_string(list_slice(list(${measure}${ordered}), 1, ${limit}), ${between})`;
      return sql`string_agg(${measure}, ${between}${ordered})`;
    },
  },
  position: {
    parameters: ['substring_text', 'string_text'],
    body: ([part, all]) => sql`position(${part} in ${all})`,
  },
  replace: {
    parameters: ['field', 'old_chars', 'new_chars'],
    body: ([field, old, by]) => sql`replace(${field}, ${old}, ${by})`,
  },
  right: {
    parameters: ['string_text', 'length_expression'],
    body: ([all, length]) => sql`right(${all}, ${length})`,
  },
  split_part: {
    parameters: ['string_text', 'delimiter_text', 'part_number'],
    body: ([all, delimiter, part]) => sql`split_part(${all}, ${delimiter}, ${part})`,
  },
  array_construct: {
    parameters: ['inputs?', 'data_type?'],
    body: ([inputs]) =>
      sql`[${concatText(iterate(inputs ?? []).flatMap((item, i) => (i === 0 ? [piece(item)] : [', ', piece(item)])))}]`,
  },
  array_append: {
    parameters: ['array', 'new_element'],
    body: ([array, item]) => sql`list_append(${array}, ${item})`,
  },
  array_concat: { parameters: ['array_1', 'array_2'], body: ([a, b]) => sql`list_concat(${a}, ${b})` },
  current_timestamp: { parameters: [], body: () => 'now()' },
  current_timestamp_backcompat: { parameters: [], body: () => 'now()' },
  type_string: { parameters: [], body: () => 'varchar' },
  type_timestamp: { parameters: [], body: () => 'timestamp' },
  type_float: { parameters: [], body: () => 'float' },
  type_numeric: { parameters: [], body: () => 'numeric(28, 6)' },
  type_bigint: { parameters: [], body: () => 'bigint' },
  type_int: { parameters: [], body: () => 'integer' },
  type_boolean: { parameters: [], body: () => 'boolean' },
};

const functions = Object.entries(macros).map(
  ([name, { parameters, body }]) => [name, native(name, parameters, (args) => body(args))] as const,
);

/**
 * The cross-database macros that dbt ships, as DuckDB SQL: `dbt.dateadd('day', 1, 'd')`. Those of them whose names are
 * no Jinja builtins may be called without `dbt.`, as in dbt.
 */
export const crossDatabase: ReadonlyMap<string, Value> = new Map<string, Value>([
  ...functions,
  [
    'dbt',
    new Bag('dbt', new Map(functions), (name) =>
      raise('CH213', {
        name: `\`dbt.${name}\``,
        fix: 'Write the DuckDB SQL itself, or a macro of your own.',
      }),
    ),
  ],
]);
