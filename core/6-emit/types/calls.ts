import { familyOf, type SqlType, unknown } from './family.ts';
import { commonType, digits } from './promote.ts';

/** The result type of a function or operator from its arguments' types. */
export type ResultType = (args: readonly SqlType[]) => SqlType;

const always =
  (type: SqlType): ResultType =>
  () =>
    type;
const first: ResultType = ([type = unknown]) => type;
const common: ResultType = (args) => args.reduce(commonType, 'NULL');

/** Names of one result rule share a line; what is not listed is UNKNOWN. */
const rules: readonly (readonly [ResultType, string])[] = [
  [always('BIGINT'), 'count count_star row_number rank dense_rank ntile date_diff datediff date_sub datesub'],
  [
    always('BIGINT'),
    'length len strlen strpos instr position epoch_ms epoch_us epoch_ns date_part datepart year quarter month',
  ],
  [
    always('BIGINT'),
    'week weekofyear day dayofmonth dayofweek weekday isodow dayofyear hour minute second approx_count_distinct',
  ],
  [
    always('BIGINT'),
    'millisecond microsecond isoyear yearweek regr_count list_position array_position len array_length',
  ],
  [
    always('DOUBLE'),
    'avg mean stddev stddev_samp stddev_pop variance var_samp var_pop corr covar_pop covar_samp / sqrt ln log',
  ],
  [
    always('DOUBLE'),
    'log2 log10 exp pow power ** ^ epoch percent_rank cume_dist regr_slope regr_intercept pi sin cos tan',
  ],
  [always('DOUBLE'), 'asin acos atan atan2 radians degrees cbrt random skewness kurtosis entropy'],
  [
    always('BOOLEAN'),
    '~~ !~~ ~~* !~~* ~~~ like_escape ilike_escape regexp_matches regexp_full_match contains starts_with',
  ],
  [
    always('BOOLEAN'),
    'prefix suffix ends_with bool_and bool_or isnan isinf isfinite list_contains array_contains list_has',
  ],
  [
    always('VARCHAR'),
    '|| concat concat_ws lower upper trim ltrim rtrim substring substr left right replace lpad rpad md5 sha256',
  ],
  [
    always('VARCHAR'),
    'string_agg group_concat listagg strftime format printf split_part regexp_replace regexp_extract repeat',
  ],
  [
    always('VARCHAR'),
    'reverse chr hex dayname monthname initcap translate typeof to_json json_extract_string ->>',
  ],
  [always('DATE'), 'make_date last_day today current_date'],
  [
    always('TIMESTAMP'),
    'make_timestamp strptime epoch_ms_to_timestamp to_timestamp_ms time_bucket current_localtimestamp',
  ],
  [
    always('TIMESTAMP WITH TIME ZONE'),
    'now current_timestamp get_current_timestamp to_timestamp transaction_timestamp',
  ],
  [
    always('INTERVAL'),
    'to_years to_quarters to_months to_weeks to_days to_hours to_minutes to_seconds to_milliseconds',
  ],
  [always('INTERVAL'), 'to_microseconds age'],
  [
    first,
    'min max any_value first last arg_max arg_min arg_max_null arg_min_null max_by min_by mode lag lead first_value last_value nth_value abs nullif',
  ],
  [first, 'arbitrary greatest_common_divisor list_sort list_reverse list_filter list_distinct array_filter'],
  [common, 'coalesce ifnull greatest least'],
  [([type = unknown]) => withoutFraction(type) ?? 'DOUBLE', 'ceil ceiling floor'],
  [([type = unknown]) => withoutFraction(type) ?? (familyOf(type) === 'integer' ? type : 'DOUBLE'), 'trunc'],
  [([type = unknown]) => (familyOf(type) === 'float' ? 'DOUBLE' : type), 'round'],
  [always('TINYINT'), 'sign'],
  // Macros of DuckDB around a sum.
  [always('HUGEINT'), 'count_if countif'],
  [timezone, 'timezone'],
  [quantile, 'median quantile_cont percentile_cont'],
  [first, 'quantile_disc percentile_disc'],
  [sum, 'sum'],
  [([type = unknown]) => `${type}[]`, 'list array_agg'],
  [
    ([type = unknown]) => (type.endsWith('[]') ? type.slice(0, -2) : unknown),
    'list_extract array_extract list_element',
  ],
  [dateTrunc, 'date_trunc datetrunc'],
  [add, '+'],
  [subtract, '-'],
  [multiply, '*'],
  [common, '// %'],
];

const byName = new Map(
  rules.flatMap(([rule, names]) => names.split(' ').map((name) => [name, rule] as const)),
);

/** The type of `name(args)`, or UNKNOWN. */
export function resultType(name: string, args: readonly SqlType[]): SqlType {
  return byName.get(name)?.(args) ?? unknown;
}

/** `at time zone`: an instant becomes a wall clock, a wall clock an instant. */
function timezone([, type = unknown]: readonly SqlType[]): SqlType {
  return familyOf(type) === 'timestamptz' ? 'TIMESTAMP' : 'TIMESTAMP WITH TIME ZONE';
}

function quantile([type = unknown]: readonly SqlType[]): SqlType {
  return ['date', 'timestamp'].includes(familyOf(type)) ? 'TIMESTAMP' : 'DOUBLE';
}

/** DuckDB keeps the width of a decimal whose fraction it takes away. */
function withoutFraction(type: SqlType): SqlType | undefined {
  return /^DECIMAL\((\d+),\d+\)$/.test(type) ? type.replace(/,\d+\)$/, ',0)') : undefined;
}

function sum([type = unknown]: readonly SqlType[]): SqlType {
  switch (familyOf(type)) {
    case 'integer':
    case 'boolean':
      return 'HUGEINT';
    case 'decimal':
      return `DECIMAL(38,${digits(type).scale})`;
    case 'float':
      return 'DOUBLE';
    default:
      return unknown;
  }
}

/** DuckDB truncates a date to a timestamp, unlike PostgreSQL's and Spark's own answers. */
function dateTrunc([, type = unknown]: readonly SqlType[]): SqlType {
  return familyOf(type) === 'timestamptz' || familyOf(type) === 'interval' ? type : 'TIMESTAMP';
}

function add(args: readonly SqlType[]): SqlType {
  const [a = unknown, b] = args;
  if (b === undefined) return a;
  const pair = [familyOf(a), familyOf(b)];
  if (pair.includes('timestamptz')) return 'TIMESTAMP WITH TIME ZONE';
  if (pair.includes('timestamp')) return 'TIMESTAMP';
  if (pair.includes('date')) return pair.includes('integer') ? 'DATE' : 'TIMESTAMP';
  if (pair.includes('interval')) return 'INTERVAL';
  return arithmetic(a, b, (x, y) => Math.max(x, y));
}

function subtract(args: readonly SqlType[]): SqlType {
  const [a = unknown, b] = args;
  if (b === undefined) return a;
  const [left, right] = [familyOf(a), familyOf(b)];
  if (left === 'date' && right === 'date') return 'BIGINT';
  if (left.startsWith('timestamp') && (right.startsWith('timestamp') || right === 'date')) return 'INTERVAL';
  if (left === 'date' && right.startsWith('timestamp')) return 'INTERVAL';
  return add(args);
}

function multiply([a = unknown, b = unknown]: readonly SqlType[]): SqlType {
  if (familyOf(a) === 'interval' || familyOf(b) === 'interval') return 'INTERVAL';
  return arithmetic(a, b, (x, y) => x + y);
}

function arithmetic(a: SqlType, b: SqlType, scale: (x: number, y: number) => number): SqlType {
  const joined = commonType(a, b);
  if (familyOf(joined) !== 'decimal') return joined;
  return `DECIMAL(38,${scale(digits(a).scale, digits(b).scale)})`;
}
