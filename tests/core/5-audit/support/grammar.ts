import type { Random } from '../../../../core/5-audit/witness/random.ts';

/** Random SQL over the test sources: bounded and unbounded, in every order the grammar allows. */
export function randomModel(random: Random): string {
  const features = Array.from(
    { length: 1 + random.below(3) },
    (_, index) => `${feature(random)} as f${index}`,
  );
  const where = random.chance(30) ? ` where ${spineCondition(random)}` : '';
  const qualify = random.chance(10)
    ? ' qualify row_number() over (partition by s.customer_id, s.prediction_time order by s.prediction_time) = 1'
    : '';
  const body = random.chance(60)
    ? `select s.customer_id, s.prediction_time, ${aggregates(random)} from raw.spine s ${join(random)}${where} group by all${random.chance(20) ? ` having ${having(random)}` : ''}`
    : `select s.customer_id, s.prediction_time, ${features.join(', ')} from raw.spine s${where}${qualify}`;
  switch (random.below(8)) {
    case 0:
      return `${body} union all ${body}`;
    case 1:
      return `with b as (${body}) select b.*, count(*) over (partition by ${random.pick(['prediction_time', 'customer_id', 'customer_id, prediction_time'])}) as w from b`;
    case 2:
      return `with b as (${body}) select b.* from b left join b as c using (customer_id, prediction_time)`;
    case 3:
      return `select distinct * from (${body})`;
    default:
      return body;
  }
}

const P = 's.prediction_time';

function time(random: Random, alias: string): string {
  const column = `${alias}.${random.pick(['loaded_at', 'loaded_at', 'event_ts'])}`;
  return random.pick([
    column,
    column,
    `${column} + interval ${random.below(3)} day`,
    `date_trunc('${random.pick(['day', 'week', 'month'])}', ${column})`,
    `${column}::date`,
    `greatest(${column}, ${alias}.event_ts)`,
    `coalesce(${column}, ${P})`,
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
    `${P}::date`,
  ]);
}

function bound(random: Random, alias: string): string {
  const comparison = `${time(random, alias)} ${random.pick(['<=', '<', '<=', '>', '='])} ${moment(random)}`;
  switch (random.below(7)) {
    case 0:
      return `not (${comparison})`;
    case 1:
      return `(${comparison} or ${alias}.kind = 'a')`;
    case 2:
      return `(${comparison} and ${alias}.loaded_at <= ${P})`;
    case 3:
      return `date_diff('day', ${time(random, alias)}, ${P}) ${random.pick(['>', '>=', '<'])} ${random.below(3)}`;
    case 4:
      return `(${comparison}) is not false`;
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
    '(select customer_id, max(event_ts) as event_ts, max(loaded_at) as loaded_at, min(kind) as kind, sum(amount) as amount from raw.events group by customer_id)',
  ]);
}

function join(random: Random): string {
  const kind = random.pick([
    'left join',
    'left join',
    'join',
    'semi join',
    'anti join',
    'asof left join',
    'full join',
  ]);
  if (kind.startsWith('asof')) {
    return `asof left join ${table(random)} e on e.customer_id = s.customer_id and ${P} >= e.${random.pick(['loaded_at', 'event_ts'])}`;
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
      `arg_max(e.kind, e.event_ts)${filter()}`,
      `list(e.amount order by e.amount)${filter()}`,
      `bool_or(${bound(random, 'e')})`,
      `date_diff('day', max(e.event_ts)${filter()}, ${P})`,
    ]);
  // Semi and anti joins hide the right side: such queries do not bind and are left out.
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
  ]);
}

function feature(random: Random): string {
  const from = `from ${table(random)} e where e.customer_id = s.customer_id and ${bound(random, 'e')}`;
  return random.pick([
    `(select max(e.event_ts) ${from})`,
    `(select count(*) ${from})`,
    `exists (select 1 ${from})`,
    `coalesce((select sum(e.amount) ${from}), 0)`,
    `(select e.kind ${from} order by e.event_ts desc limit 1)`,
    `case when s.label_time <= ${P} then s.churned end`,
    `lag(s.customer_id) over (partition by ${random.pick(['s.customer_id', P])} order by ${P})`,
    `sum(s.customer_id) over (partition by s.customer_id order by ${P} rows between unbounded preceding and ${random.pick(['current row', '1 preceding', '1 following'])})`,
    `count(*) over (partition by s.customer_id order by ${P} range between interval 40 day preceding and ${random.pick(['current row', 'interval 1 day following', 'interval 1 day preceding'])})`,
  ]);
}
