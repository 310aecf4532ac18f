import type { Random } from '../../../../core/5-audit/witness/random.ts';

/**
 * Random SQL over the test sources, in one dialect of everything the engine accepts: joins of all kinds, windows
 * and frames, sets, grouping sets, pivots, lists and lambdas, recursion; bounded, nearly bounded and unbounded.
 */
export function randomModel(random: Random): string {
  const body = base(random);
  switch (random.below(16)) {
    case 0:
      return `${body} union all ${body}`;
    case 1:
      return `with b as (${body}) select b.*, count(*) over (partition by ${random.pick(['prediction_time', 'customer_id', 'customer_id, prediction_time'])}) as w from b`;
    case 2:
      return `with b as (${body}) select b.* from b left join b as c using (customer_id, prediction_time)`;
    case 3:
      return `select distinct * from (${body})`;
    case 4:
      return `with b as (${body}) select * from b ${random.pick(['union', 'union all', 'except', 'except all', 'intersect', 'intersect all'])} select * from b where ${random.pick(["prediction_time > timestamp '2024-02-01'", 'customer_id = 1', 'customer_id is not null'])}`;
    case 5:
      return `select distinct on (customer_id, prediction_time) * from (${body}) order by customer_id, prediction_time`;
    default:
      return body;
  }
}

const P = 's.prediction_time';
const SPINE = 'raw.spine s';

function base(random: Random): string {
  switch (random.below(14)) {
    case 0:
      return lists(random);
    case 1:
      return pivoted(random);
    case 2:
      return groupingSets(random);
    case 3:
      return recursive(random);
    case 4:
      return lateral(random);
    case 5:
      return existence(random);
    case 6:
    case 7:
    case 8:
    case 9: {
      const where = random.chance(30) ? ` where ${spineCondition(random)}` : '';
      return `select s.customer_id, ${P}, ${aggregates(random)} from ${SPINE} ${join(random)}${where} group by all${random.chance(20) ? ` having ${having(random)}` : ''}`;
    }
    default: {
      const features = Array.from(
        { length: 1 + random.below(3) },
        (_, index) => `${feature(random)} as f${index}`,
      );
      const where = random.chance(30) ? ` where ${spineCondition(random)}` : '';
      const qualify = random.chance(10)
        ? ` qualify row_number() over (partition by s.customer_id, ${P} order by ${P}) = 1`
        : '';
      return `select s.customer_id, ${P}, ${features.join(', ')} from ${SPINE}${where}${qualify}`;
    }
  }
}

function existence(random: Random): string {
  return `select s.customer_id, ${P}, 1 as one from ${SPINE} ${random.pick(['semi join', 'anti join'])} ${table(random)} e on e.customer_id = s.customer_id and ${bound(random, 'e')}`;
}

/** Lists that are filtered, folded, and taken apart again. */
function lists(random: Random): string {
  const inner = `select list(${random.pick(['e.amount', 'struct_pack(at := e.loaded_at, amount := e.amount)', 'e.kind'])} ${random.pick(['', 'order by e.loaded_at', 'order by e.event_ts desc'])}) from ${table(random)} e where e.customer_id = s.customer_id and ${bound(random, 'e')}`;
  const outer = random.pick([
    'len(l)',
    'list_filter(l, lambda x: x is not null)',
    'list_transform(l, lambda x: x)',
    'list_contains(l, null)',
    'l[1]',
    'list_sort(list_transform(l, lambda x: x::varchar))',
    '(select count(*) from unnest(l) as u(x))',
    'list_reduce(list_transform(l, lambda x: 1), lambda a, b: a + b)',
  ]);
  const all = `select s.customer_id, ${P}, (${inner}) as l from ${SPINE}`;
  return random.chance(25)
    ? `select customer_id, prediction_time, unnest(l) as x from (${all})`
    : `select customer_id, prediction_time, ${outer} as x from (${all})`;
}

function pivoted(random: Random): string {
  const long = `select s.customer_id, ${P}, e.kind, e.amount from ${SPINE} join raw.events e on e.customer_id = s.customer_id and ${bound(random, 'e')}`;
  if (random.chance(60)) {
    return `with l as (${long}) select * from (pivot l on kind in ('a', 'b') using ${random.pick(['sum(amount)', 'count(*)', 'max(amount)'])} group by customer_id, prediction_time)`;
  }
  return `with w as (${aggregated(random)}) select customer_id, prediction_time, what, value from (unpivot w on g0, g1 into name what value value)`;
}

function aggregated(random: Random): string {
  return `select s.customer_id, ${P}, count(e.kind)::double as g0, sum(e.amount)::double as g1 from ${SPINE} left join raw.events e on e.customer_id = s.customer_id and ${bound(random, 'e')} group by all`;
}

function groupingSets(random: Random): string {
  const sets = random.pick([
    `grouping sets ((s.customer_id, ${P}), (s.customer_id, ${P}, e.kind))`,
    `grouping sets ((s.customer_id, ${P}), (${P}))`,
    `rollup (s.customer_id, ${P}, e.kind)`,
    `cube (s.customer_id, ${P})`,
  ]);
  return `select s.customer_id, ${P}, ${random.pick(['count(*)', 'count(e.kind)', 'sum(e.amount)'])} as n, grouping(s.customer_id) as g from ${SPINE} left join ${table(random)} e on e.customer_id = s.customer_id and ${bound(random, 'e')} group by ${sets}`;
}

function recursive(random: Random): string {
  const step = random.pick([
    `select c.customer_id, c.prediction_time, c.n + 1 from chain c join raw.events e on e.customer_id = c.customer_id and ${random.pick(['e.loaded_at <= c.prediction_time', 'e.event_ts <= c.prediction_time'])} where c.n < 3`,
    'select c.customer_id, c.prediction_time, c.n + 1 from chain c where c.n < 3',
    'select c.customer_id, c.prediction_time + interval 1 day, c.n + 1 from chain c where c.n < 2',
  ]);
  return `with recursive chain as (select s.customer_id, ${P}, 0 as n from ${SPINE} union ${random.pick(['', 'all '])}${step}) select customer_id, prediction_time, ${random.pick(['max(n)', 'count(*)'])} as deep from chain group by all`;
}

function lateral(random: Random): string {
  const inner = random.pick([
    `select e.amount as v from ${table(random)} e where e.customer_id = s.customer_id and ${bound(random, 'e')} order by e.loaded_at desc limit 1`,
    `select count(*) as v from ${table(random)} e where e.customer_id = s.customer_id and ${bound(random, 'e')}`,
    `select sum(x) as v from (select e.amount as x from ${table(random)} e where e.customer_id = s.customer_id and ${bound(random, 'e')} union all select 1)`,
    `select v.pages as v from raw.visits v where v.customer_id = s.customer_id and ${zoned(random)}`,
  ]);
  return `select s.customer_id, ${P}, l.v from ${SPINE} ${random.pick(['left join lateral', 'join lateral'])} (${inner}) l on true`;
}

/** Conditions on instants with a zone. */
function zoned(random: Random): string {
  const time = random.pick([
    'v.visited_at',
    "v.visited_at at time zone 'UTC'",
    "timezone('Asia/Tokyo', v.visited_at)",
    'v.visited_at::timestamp',
    'v.visited_at::date',
    "date_trunc('day', v.visited_at)",
    'v.visited_at + interval 1 day',
  ]);
  return `${time} ${random.pick(['<=', '<', '<='])} ${moment(random)}`;
}

function time(random: Random, alias: string): string {
  const column = `${alias}.${random.pick(['loaded_at', 'loaded_at', 'event_ts'])}`;
  return random.pick([
    column,
    column,
    `${column} + interval ${random.below(3)} day`,
    `${column} + interval 1 month`,
    `date_trunc('${random.pick(['hour', 'day', 'week', 'month', 'quarter', 'year'])}', ${column})`,
    `${column}::date`,
    `last_day(${column})`,
    `greatest(${column}, ${alias}.event_ts)`,
    `least(${column}, ${P})`,
    `coalesce(${column}, ${P})`,
    `nullif(${column}, ${P})`,
    `case when ${alias}.kind = 'a' then ${alias}.event_ts else ${alias}.loaded_at end`,
  ]);
}

function moment(random: Random): string {
  return random.pick([
    P,
    P,
    P,
    `${P} - interval 7 day`,
    `${P} - interval 1 month`,
    `${P} + interval 1 day`,
    `date_trunc('day', ${P})`,
    `date_trunc('month', ${P})`,
    `${P}::date`,
  ]);
}

function bound(random: Random, alias: string): string {
  const comparison = `${time(random, alias)} ${random.pick(['<=', '<', '<=', '>', '='])} ${moment(random)}`;
  switch (random.below(13)) {
    case 0:
      return `not (${comparison})`;
    case 1:
      return `(${comparison} or ${alias}.kind = 'a')`;
    case 2:
    case 3:
      return `(${comparison} and ${alias}.loaded_at <= ${P})`;
    case 4:
      return `date_diff('${random.pick(['day', 'hour', 'week', 'month', 'year'])}', ${time(random, alias)}, ${P}) ${random.pick(['>', '>=', '<'])} ${random.below(3)}`;
    case 5:
      return `(${comparison}) is not false`;
    case 6:
      return `${alias}.loaded_at between ${P} - interval 30 day and ${random.pick([P, `${P} - interval 1 second`, `${P} + interval 1 second`])}`;
    case 7:
      return `epoch(${alias}.loaded_at) <= epoch(${P})`;
    case 8:
      return `strftime(${time(random, alias)}, '%Y-%m-%d') < strftime(${P}, '%Y-%m-%d')`;
    case 9:
      return `(year(${alias}.loaded_at), month(${alias}.loaded_at)) < (year(${P}), month(${P}))`;
    default:
      return comparison;
  }
}

function table(random: Random): string {
  return random.pick([
    'raw.events',
    'raw.events',
    "(select customer_id, event_ts, loaded_at, 'a' as kind, amount from raw.feed)",
    '(select * from raw.events where kind is not null)',
    '(select * from raw.events qualify row_number() over (partition by customer_id order by loaded_at) = 1)',
    '(select distinct on (customer_id) * from raw.events order by customer_id, loaded_at)',
    '(select *, lag(loaded_at) over (partition by customer_id order by loaded_at) as earlier from raw.events)',
    '(select customer_id, max(event_ts) as event_ts, max(loaded_at) as loaded_at, min(kind) as kind, sum(amount) as amount from raw.events group by customer_id)',
    "(select customer_id, opened_at as event_ts, loaded_at, case when closed_at is null then 'a' else 'b' end as kind, sentiment as amount from raw.tickets)",
    "(select customer_id, opened_at as event_ts, greatest(loaded_at, closed_at) as loaded_at, 'a' as kind, severity as amount from raw.tickets)",
    '(select a.* from raw.events a anti join raw.events b on b.customer_id = a.customer_id and b.loaded_at < a.loaded_at)',
    "(select customer_id, event_ts, loaded_at, kind, amount from raw.events union all select customer_id, event_ts, loaded_at, 'b', amount from raw.feed)",
  ]);
}

function join(random: Random): string {
  const kind = random.pick([
    'left join',
    'left join',
    'join',
    'asof left join',
    'asof join',
    'full join',
    'right join',
    'cross join',
  ]);
  if (kind === 'cross join') return `cross join ${table(random)} e`;
  if (kind.startsWith('asof')) {
    return `${kind} ${table(random)} e on e.customer_id = s.customer_id and ${P} ${random.pick(['>=', '>', '>=', '<='])} e.${random.pick(['loaded_at', 'event_ts'])}`;
  }
  return `${kind} ${table(random)} e on e.customer_id = s.customer_id and ${bound(random, 'e')}`;
}

function aggregates(random: Random): string {
  const filter = (): string => (random.chance(50) ? ` filter (where ${bound(random, 'e')})` : '');
  const one = (): string =>
    random.pick([
      `count(e.kind)${filter()}`,
      `count(*)${filter()}`,
      `sum(e.amount)${filter()}`,
      `max(e.event_ts)${filter()}`,
      `count(distinct e.kind)${filter()}`,
      `sum(case when ${bound(random, 'e')} then 1 else 0 end)`,
      `max(case when ${bound(random, 'e')} then 1 else 0 end)`,
      `sum(case when ${bound(random, 'e')} then e.amount else 0 end)`,
      `arg_max(e.kind, (e.event_ts, e.loaded_at, e.kind))${filter()}`,
      `list(e.amount order by e.amount)${filter()}`,
      `string_agg(e.kind, ',' order by e.kind)${filter()}`,
      `quantile_cont(e.amount, 0.5)${filter()}`,
      `bool_or(${bound(random, 'e')})`,
      `coalesce(max(case when ${bound(random, 'e')} then e.amount end), 0)`,
      `date_diff('day', max(e.event_ts)${filter()}, ${P})`,
    ]);
  return Array.from({ length: 1 + random.below(3) }, (_, index) => `${one()} as g${index}`).join(', ');
}

function having(random: Random): string {
  return random.pick([
    `max(e.event_ts) <= ${P}`,
    'count(*) > 1',
    `count(*) filter (where ${bound(random, 'e')}) >= 0`,
    'sum(e.amount) is not null',
  ]);
}

function spineCondition(random: Random): string {
  const inner = `select 1 from ${table(random)} e where e.customer_id = s.customer_id and ${bound(random, 'e')}`;
  return random.pick([
    `exists (${inner})`,
    `not exists (${inner})`,
    's.churned is null',
    `${P} >= timestamp '2024-03-01'`,
    `s.customer_id in (select e.customer_id from raw.events e where ${bound(random, 'e')})`,
    `s.customer_id not in (select e.customer_id from raw.feed e where e.loaded_at <= ${P})`,
    `(select count(*) from ${table(random)} e where e.customer_id = s.customer_id and ${bound(random, 'e')}) > 1`,
    `${P} > all (select e.event_ts from raw.events e where e.customer_id = s.customer_id and ${bound(random, 'e')})`,
  ]);
}

function frame(random: Random): string {
  const exclude = random.pick(['', '', ' exclude current row', ' exclude ties', ' exclude group']);
  return random.chance(50)
    ? `rows between ${random.pick(['unbounded preceding', '2 preceding', 'current row'])} and ${random.pick(['current row', '1 preceding', '1 following', 'unbounded following'])}${exclude}`
    : random.chance(70)
      ? `range between ${random.pick(['interval 40 day preceding', 'unbounded preceding'])} and ${random.pick(['current row', 'interval 1 day following', 'interval 1 day preceding', 'interval 1 month preceding'])}${exclude}`
      : `groups between ${random.pick(['1 preceding', 'unbounded preceding'])} and ${random.pick(['current row', '1 following', '1 preceding'])}${exclude}`;
}

function feature(random: Random): string {
  const from = `from ${table(random)} e where e.customer_id = s.customer_id and ${bound(random, 'e')}`;
  const part = random.pick(['s.customer_id', P, `s.customer_id, ${P}`]);
  return random.pick([
    `(select max(e.event_ts) ${from})`,
    `(select count(*) ${from})`,
    `exists (select 1 ${from})`,
    `coalesce((select sum(e.amount) ${from}), 0)`,
    `(select e.kind ${from} order by e.event_ts desc, e.loaded_at, e.kind limit 1)`,
    `(select max(h.plan) from raw.plan_history h where h.customer_id = s.customer_id and h.recorded_at <= ${P} and (h.valid_to is null or h.valid_to > ${random.pick([P, `${P} + interval 1 day`])}))`,
    `(select max(v.pages) from raw.visits v where v.customer_id = s.customer_id and ${zoned(random)})`,
    `(select max(c.segment) from raw.customers c where c.customer_id = s.customer_id${random.chance(50) ? ` and c.updated_at <= ${P}` : ''})`,
    `(select count(*) from raw.tickets t where t.customer_id = s.customer_id and t.loaded_at <= ${P} and (t.closed_at is null or t.closed_at > ${random.pick([P, `${P} - interval 1 day`, `${P} + interval 1 day`])}))`,
    `case when s.label_time <= ${P} then s.churned end`,
    `lag(s.customer_id${random.pick(['', ', 1', ', -1', ', 2, 0'])}) over (partition by ${part} order by ${P}, s.customer_id)`,
    `${random.pick(['rank()', 'dense_rank()', 'percent_rank()', 'cume_dist()', 'ntile(2)'])} over (partition by ${part} order by ${random.pick([P, 's.customer_id'])})`,
    `${random.pick(['first_value', 'last_value'])}(s.customer_id) over (partition by ${part} order by ${P}, s.customer_id ${frame(random)})`,
    `sum(s.customer_id) over (partition by ${part} order by ${P} ${frame(random)})`,
    `count(*) over (partition by ${part} order by ${P} ${frame(random)})`,
    `(select sum(c) from (select e.customer_id, count(*) over (partition by e.customer_id order by e.loaded_at ${frame(random)}) as c, e.loaded_at, e.event_ts, e.kind from raw.events e) e where e.customer_id = s.customer_id and ${bound(random, 'e')})`,
  ]);
}
