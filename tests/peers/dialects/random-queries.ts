/**
 * Random queries over the tables of tables.sql, grown from a grammar by a seed: what nobody thought of writing as a case.
 * Every query gives the same rows in any order on an engine that is right: ties are broken by `id`.
 */
type Kind = 'integer' | 'double' | 'decimal' | 'text' | 'boolean' | 'date' | 'timestamp';

export interface RandomQuery {
  readonly sql: string;
  /** What it is about, for the count. */
  readonly shape: string;
}

interface Scope {
  readonly columns: Readonly<Record<Kind, readonly string[]>>;
}

const events: Scope = {
  columns: {
    integer: ['e.n', 'e.id', 'e.customer'],
    double: ['e.x'],
    decimal: ['e.amount'],
    text: ['e.name'],
    boolean: ['e.flag'],
    date: ['e.day'],
    timestamp: ['e.ts'],
  },
};

/** Numbers between 0 and 1, the same for the same seed (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const literals: Readonly<Record<Kind, readonly string[]>> = {
  integer: ['0', '1', '-1', '2', '3', '7', '-5', '100', 'null::integer'],
  double: ['0.0::double', '0.5::double', '-1.5::double', '2.675::double', '1e3', '1e-3', '-0.125::double'],
  decimal: ['0.00', '1.25', '-2.50', '0.05', '10.125', '-0.5'],
  text: ["'a'", "''", "'Beta'", "'ñ'", "' '", "'a_b'", "'50%'", "'😀x'", 'null::varchar'],
  boolean: ['true', 'false', 'null::boolean'],
  date: [
    "date '2024-02-29'",
    "date '2024-01-31'",
    "date '2023-12-31'",
    "date '2024-12-30'",
    "date '1969-07-20'",
  ],
  timestamp: [
    "timestamp '2024-02-29 23:59:59.999999'",
    "timestamp '2024-01-31 00:00:00'",
    "timestamp '1969-12-31 23:59:59.5'",
    "timestamp '2024-12-30 12:00:00'",
  ],
};

/** Alternatives with their arguments' kinds: `integer`, `double` and so on in braces are filled in. */
const rules: Readonly<Record<Kind, readonly string[]>> = {
  integer: [
    '{integer} + {integer}',
    '{integer} - {integer}',
    '{integer} * 3',
    '-({integer})',
    'abs({integer})',
    '{integer} // {integer}',
    '{integer} % {integer}',
    'sign({integer})',
    'sign({double})',
    'cast({double} as integer)',
    'cast({decimal} as integer)',
    'cast({boolean} as integer)',
    'cast({double} as bigint)',
    'try_cast({text} as integer)',
    'length({text})',
    "strpos({text}, 'a')",
    'strpos({text}, {text})',
    'ascii({text})',
    'year({date})',
    'quarter({timestamp})',
    'month({timestamp})',
    'week({date})',
    'dayofweek({date})',
    'isodow({timestamp})',
    'dayofyear({date})',
    'hour({timestamp})',
    'minute({timestamp})',
    'second({timestamp})',
    'extract(day from {timestamp})',
    '{date} - {date}',
    "date_diff('day', {timestamp}, {timestamp})",
    "date_diff('week', {timestamp}, {timestamp})",
    "date_diff('week', {date}, {date})",
    "date_diff('month', {date}, {timestamp})",
    "date_diff('quarter', {date}, {date})",
    "date_diff('year', {timestamp}, {date})",
    "date_diff('hour', {timestamp}, {timestamp})",
    "date_diff('minute', {timestamp}, {timestamp})",
    "date_diff('second', {timestamp}, {timestamp})",
    "date_sub('month', {timestamp}, {timestamp})",
    "date_sub('day', {timestamp}, {timestamp})",
    "date_sub('week', {timestamp}, {timestamp})",
    "date_sub('year', {date}, {date})",
    "date_sub('hour', {timestamp}, {timestamp})",
    'epoch_ms({timestamp})',
    'coalesce({integer}, {integer})',
    'nullif({integer}, {integer})',
    'greatest({integer}, {integer})',
    'least({integer}, {integer}, {integer})',
    'case when {boolean} then {integer} else {integer} end',
    'case {integer} when 1 then {integer} when {integer} then 2 end',
    'if({boolean}, {integer}, {integer})',
  ],
  double: [
    '{double} + {double}',
    '{double} - {integer}',
    '{double} * {double}',
    '{double} / {double}',
    '{integer} / {integer}',
    '{decimal} / {integer}',
    '{integer} / {decimal}',
    'abs({double})',
    '-({double})',
    'round({double})',
    'round({double}, 1)',
    'round({double}, 2)',
    'round({double}, -1)',
    'floor({double})',
    'ceil({double})',
    'trunc({double})',
    'sqrt(abs({double}))',
    'exp({double} / 100)',
    'ln(abs({double}) + 1)',
    'log10(abs({double}) + 1)',
    'pow({double}, 2)',
    'cast({integer} as double)',
    'cast({decimal} as double)',
    'try_cast({text} as double)',
    'epoch({timestamp})',
    'coalesce({double}, {double})',
    'nullif({double}, {double})',
    'greatest({double}, {double})',
    'least({double}, {integer})',
    'case when {boolean} then {double} end',
  ],
  decimal: [
    '{decimal} + {decimal}',
    '{decimal} - {integer}',
    '{decimal} * 2',
    '-({decimal})',
    'abs({decimal})',
    'round({decimal}, 1)',
    'round({decimal}, 0)',
    'floor({decimal})',
    'ceil({decimal})',
    'cast({decimal} as decimal(10, 1))',
    'cast({integer} as decimal(12, 2))',
    'cast({double} as decimal(12, 2))',
    'coalesce({decimal}, 0)',
    'greatest({decimal}, {decimal})',
    'case when {boolean} then {decimal} else 0 end',
  ],
  text: [
    'upper({text})',
    'lower({text})',
    'reverse({text})',
    'trim({text})',
    'ltrim({text})',
    "rtrim({text}, ' a')",
    'left({text}, 2)',
    'right({text}, 3)',
    'substring({text}, 2, 3)',
    'substring({text}, 2)',
    "replace({text}, 'a', 'ü')",
    "replace({text}, '', 'x')",
    "lpad({text}, 4, '*')",
    "rpad({text}, 3, 'ab')",
    'repeat({text}, 2)',
    "split_part({text}, '_', 1)",
    "split_part({text}, 'a', -1)",
    '{text} || {text}',
    '{text} || {integer}',
    'concat({text}, {integer}, {text})',
    "concat_ws('-', {text}, {text})",
    'md5({text})',
    'cast({integer} as varchar)',
    'cast({date} as varchar)',
    'cast({boolean} as varchar)',
    'cast({decimal} as varchar)',
    'cast({timestamp} as varchar)',
    "strftime({timestamp}, '%Y-%m-%d %H:%M:%S')",
    "strftime({date}, '%y/%j')",
    'dayname({date})',
    'monthname({timestamp})',
    "regexp_replace({text}, '[aeiou]+', '.', 'g')",
    "regexp_extract({text}, '([a-z])(.)', 2)",
    'coalesce({text}, {text})',
    'nullif({text}, {text})',
    'greatest({text}, {text})',
    'case when {boolean} then {text} else {text} end',
    'chr(65 + abs({integer}) % 26)',
  ],
  boolean: [
    '{integer} > {integer}',
    '{double} <= {double}',
    '{decimal} = {decimal}',
    '{decimal} < {double}',
    '{text} = {text}',
    '{text} < {text}',
    '{date} >= {date}',
    '{timestamp} < {timestamp}',
    '{timestamp} > {date}',
    '{integer} <> {integer}',
    '{integer} is null',
    '{text} is not null',
    '{integer} is distinct from {integer}',
    '{double} is not distinct from {double}',
    '{integer} between {integer} and {integer}',
    '{integer} in (1, 2, {integer})',
    '{integer} not in (1, {integer})',
    '{boolean} and {boolean}',
    '{boolean} or {boolean}',
    'not ({boolean})',
    '{boolean} is true',
    '{boolean} is not true',
    "{text} like '%a%'",
    "{text} like '_e%'",
    "{text} not like '%\\_%'",
    "{text} ilike 'A%'",
    "contains({text}, 'a')",
    'contains({text}, {text})',
    'starts_with({text}, {text})',
    "regexp_matches({text}, '^[a-zñ]+$')",
    "regexp_full_match({text}, '[A-Za-z]+')",
    'isnan({double})',
    'isinf({double})',
    'cast({integer} as boolean)',
    'coalesce({boolean}, false)',
    '{integer} in (select c.customer from customers c)',
    'exists (select 1 from customers c where c.customer = {integer} and c.signed_at < {timestamp})',
  ],
  date: [
    '{date} + 3',
    '{date} - 40',
    '{date} + {integer}',
    'cast({timestamp} as date)',
    'last_day({date})',
    "cast(date_trunc('month', {date}) as date)",
    "cast(date_trunc('week', {timestamp}) as date)",
    'coalesce({date}, {date})',
    'greatest({date}, {date})',
    'cast({date} + interval 1 month as date)',
    'case when {boolean} then {date} end',
  ],
  timestamp: [
    '{timestamp} + interval 3 day',
    '{timestamp} - interval 1 month',
    "{timestamp} + interval '1 year'",
    '{date} + interval 36 hour',
    '{timestamp} + to_days({integer})',
    '{timestamp} - interval ({integer}) hour',
    '{timestamp} + interval ({integer}) month',
    "date_trunc('hour', {timestamp})",
    "date_trunc('day', {timestamp})",
    "date_trunc('week', {timestamp})",
    "date_trunc('month', {date})",
    "date_trunc('quarter', {timestamp})",
    "date_trunc('year', {timestamp})",
    'cast({date} as timestamp)',
    'coalesce({timestamp}, {timestamp})',
    'least({timestamp}, {timestamp})',
    'case when {boolean} then {timestamp} else {timestamp} end',
  ],
};

const kinds = Object.keys(rules) as Kind[];

const aggregates: readonly string[] = [
  'count(*)',
  'count({integer})',
  'count(distinct {text})',
  'count(distinct {integer})',
  'sum({integer})',
  'sum({decimal})',
  'sum({double})',
  'sum(distinct {integer})',
  'avg({integer})',
  'avg({decimal})',
  'avg({double})',
  'min({text})',
  'max({text})',
  'min({integer})',
  'max({double})',
  'min({date})',
  'max({timestamp})',
  'min({boolean})',
  'max({boolean})',
  'count(*) filter (where {boolean})',
  'sum({integer}) filter (where {boolean})',
  'avg({double}) filter (where {boolean})',
  'max({timestamp}) filter (where {boolean})',
  'count_if({boolean})',
  'bool_or({boolean})',
  'bool_and({boolean})',
  'median({double})',
  'median({integer})',
  'quantile_cont({double}, 0.9)',
  'quantile_cont({integer}, 0.25)',
  'quantile_disc({integer}, 0.5)',
  'stddev({integer})',
  'stddev_pop({double})',
  'var_samp({integer})',
  'corr({integer}, {double})',
  'regr_slope({double}, {integer})',
  // Of large numbers, it is what rounding leaves of it.
  'skewness(e.n)',
  'arg_max({text}, e.id)',
  'arg_min({integer}, e.id)',
  'arg_max({double}, e.id) filter (where {boolean})',
  'arg_max(e.id, coalesce({integer}, 0) * 1000 + e.id)',
  "string_agg({text}, '|' order by {same})",
  'list({integer} order by {same}) filter (where {same} is not null)',
  'sum(case when {boolean} then {integer} else 0 end)',
  'sum({integer}) / count(*)',
  'sum({integer}) * 1.0 / nullif(count({integer}), 0)',
];

const windows: readonly string[] = [
  'row_number() over (order by {any} nulls first, e.id)',
  'row_number() over (partition by {integer} order by {any} desc, e.id)',
  'rank() over (order by {any})',
  'dense_rank() over (partition by e.customer order by {integer} desc)',
  'percent_rank() over (order by {integer})',
  'cume_dist() over (partition by e.flag order by {integer})',
  'ntile(3) over (order by {integer}, e.id)',
  'lag({any}) over (order by e.id)',
  'lag({integer}, 2, 0) over (partition by e.customer order by e.ts, e.id)',
  'lead({text}) over (partition by {boolean} order by e.id)',
  'first_value({any}) over (partition by e.customer order by e.ts, e.id)',
  'last_value({integer}) over (partition by e.customer order by e.id rows between unbounded preceding and unbounded following)',
  'last_value({integer} ignore nulls) over (order by e.id)',
  'nth_value({integer}, 2) over (order by e.id rows between unbounded preceding and unbounded following)',
  'sum({integer}) over (order by e.id)',
  'sum({integer}) over (partition by e.customer order by e.ts range between interval 7 day preceding and current row)',
  'count({any}) over (partition by e.customer order by e.day range between interval 30 day preceding and interval 1 day preceding)',
  'avg({double}) over (partition by e.customer order by e.id rows between 3 preceding and 1 preceding)',
  'max({any}) over (order by e.id rows between 2 preceding and 2 following)',
  'min({integer}) over (order by e.n range between 3 preceding and 3 following)',
  'count(*) filter (where {boolean}) over (partition by e.customer)',
  'sum({integer}) filter (where {boolean}) over (order by e.id)',
  'count_if({boolean}) over (partition by e.customer order by e.id)',
  'avg({decimal}) over (partition by e.customer)',
  'stddev({integer}) over (order by e.id)',
  '{integer} - avg({integer}) over (partition by e.customer)',
];

/** Grows queries; the same seed gives the same list. */
export function randomQueries(seed: number, count: number): readonly RandomQuery[] {
  const random = randomNumbers(seed);
  const pick = <Item>(list: readonly Item[]): Item => list[Math.floor(random() * list.length)] as Item;

  const expression = (kind: Kind, depth: number): string => {
    const columns = events.columns[kind];
    if (depth <= 0 || random() < 0.15) return random() < 0.75 ? pick(columns) : pick(literals[kind]);
    return `(${fill(pick(rules[kind]), depth - 1)})`;
  };
  const fill = (pattern: string, depth: number): string => {
    let last = '';
    return pattern.replace(/\{(\w+)\}/g, (_, name: string) => {
      if (name === 'same') return last;
      last = expression(name === 'any' ? pick(kinds) : (name as Kind), depth);
      return last;
    });
  };
  const some = (low: number, high: number) => low + Math.floor(random() * (high - low + 1));
  const where = () => (random() < 0.5 ? ` where ${expression('boolean', 2)}` : '');
  const list = (length: number, make: (index: number) => string) =>
    Array.from({ length }, (_, i) => make(i)).join(', ');

  const shapes: Readonly<Record<string, () => string>> = {
    expressions: () =>
      `select e.id, ${list(some(2, 4), (i) => `${expression(pick(kinds), 3)} as c${i}`)} from events e${where()}`,
    aggregates: () => {
      const keys = pick([
        'e.customer',
        'e.flag',
        'e.customer, e.flag',
        expression('integer', 1),
        expression('boolean', 2),
      ]);
      const named = keys.split(', ').length === 1 ? `${keys} as k` : keys;
      return `select ${named}, ${list(some(1, 3), (i) => `${fill(pick(aggregates), 1)} as a${i}`)} from events e${where()} group by all`;
    },
    'nothing to aggregate': () =>
      `select ${list(3, (i) => `${fill(pick(aggregates), 1)} as a${i}`)} from ${pick(['nothing', 'events'])} e where ${pick(['false', 'e.id < 3', 'e.n is null'])}`,
    windows: () =>
      `select e.id, ${list(some(1, 3), (i) => `${fill(pick(windows), 1)} as w${i}`)} from events e${where()}`,
    qualify: () =>
      `select e.id, ${expression(pick(kinds), 1)} as c from events e qualify ${fill(pick(windows.slice(0, 4)), 1)} <= 2`,
    joins: () => {
      const kind = pick(['join', 'left join', 'right join', 'full join', 'semi join', 'anti join']);
      const other = /semi|anti/.test(kind) ? '' : ', c.tier';
      const extra = random() < 0.5 ? ` and c.signed_at < ${expression('timestamp', 1)}` : '';
      return `select e.id${other}, ${expression(pick(kinds), 2)} as c from events e ${kind} customers c on c.customer = ${expression('integer', 1)}${extra}`;
    },
    asof: () =>
      `select e.id, p.price from events e asof ${pick(['join', 'left join'])} prices p on p.customer = e.customer and ${expression('timestamp', 1)} ${pick(['>=', '>'])} p.valid_from`,
    'a window of the past': () => {
      const from = pick(['interval 7 day', 'interval 30 day', 'interval 1 month', 'interval 36 hour']);
      return `select c.customer, s.t, ${list(some(2, 3), (i) => `${fill(pick(aggregates), 1)} as a${i}`)}
        from customers c cross join (select unnest([timestamp '2024-02-01', timestamp '2024-03-01', timestamp '2024-03-31']) as t) as s
        left join events e on e.customer = c.customer and e.ts >= s.t - ${from} and e.ts < s.t group by all`;
    },
    rings: () =>
      `with per_day as (select e.customer, e.day, ${fill(pick(aggregates), 1)} as v, count(*) as rows_of_day from events e group by all),
        points as (select c.customer, s.t from customers c cross join (select unnest([date '2024-02-10', date '2024-02-29', date '2024-03-20']) as t) as s)
        select p.customer, p.t, count(d.v) filter (where d.day >= p.t - interval 7 day) as near, coalesce(sum(d.rows_of_day), 0) as far, max(d.day) as latest
        from points p left join per_day d on d.customer = p.customer and d.day < p.t and d.day >= p.t - interval ${some(10, 60)} day group by all`,
    sets: () => {
      const kind = pick(kinds);
      return `select ${expression(kind, 2)} as v from events e ${pick(['union all', 'union', 'except', 'intersect', 'except all', 'intersect all'])} select ${expression(kind, 1)} as v from events e where e.id < 30`;
    },
    'a query within': () =>
      `with t as (select e.customer, e.id, ${expression('integer', 2)} as v, ${expression('timestamp', 2)} as at from events e)
        select t.customer, t.id, (select max(b.v) from t b where b.customer = t.customer) as top, e.name
        from t join events e using (id) where t.v >= (select min(v) from t) or t.at is null`,
    structs: () =>
      `select s.id, s.pair.v as v, s.pair.w as w, s.items[1] as head, s.items[2] as second
        from (select e.id, struct_pack(v := ${expression(pick(kinds), 1)}, w := ${expression(pick(kinds), 1)}) as pair, [${expression('integer', 1)}, ${expression('integer', 1)}] as items from events e) as s`,
  };
  const weights = Object.keys(shapes).flatMap((shape) =>
    Array.from(
      { length: /expressions/.test(shape) ? 6 : /aggregates|windows/.test(shape) ? 4 : 1 },
      () => shape,
    ),
  );
  return Array.from({ length: count }, () => {
    const shape = pick(weights);
    return { shape, sql: shapes[shape]?.() ?? '' };
  });
}
