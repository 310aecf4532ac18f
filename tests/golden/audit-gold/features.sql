-- case: latest known row by row_number
with ranked as (
  select s.customer_id, s.prediction_time, h.plan, h.mrr,
    row_number() over (partition by s.customer_id, s.prediction_time order by h.valid_from desc) as rn
  from raw.spine s join raw.plan_history h on h.customer_id = s.customer_id and h.recorded_at <= s.prediction_time
)
select s.customer_id, s.prediction_time, r.plan, coalesce(r.mrr, 0) as mrr
from raw.spine s left join ranked r on r.customer_id = s.customer_id and r.prediction_time = s.prediction_time and r.rn = 1

-- case: latest known row by qualify
select s.customer_id, s.prediction_time, e.kind as last_kind, e.amount as last_amount
from raw.spine s join raw.events e on e.customer_id = s.customer_id and e.loaded_at <= s.prediction_time
qualify row_number() over (partition by s.customer_id, s.prediction_time order by e.event_ts desc, e.event_id desc) = 1

-- case: SCD2 as-of join
select s.customer_id, s.prediction_time, h.plan, h.mrr
from raw.spine s left join raw.plan_history h on h.customer_id = s.customer_id
  and h.recorded_at <= s.prediction_time and h.valid_from <= s.prediction_time
  and (h.valid_to is null or h.valid_to > s.prediction_time)

-- case: ASOF join with the age of what was found
select s.customer_id, s.prediction_time, h.plan, date_diff('day', h.recorded_at, s.prediction_time) as plan_age_days
from raw.spine s asof left join raw.plan_history h on h.customer_id = s.customer_id and s.prediction_time >= h.recorded_at

-- case: sessionisation by gaps
with known as (
  select s.customer_id, s.prediction_time, e.event_id, e.event_ts
  from raw.spine s join raw.events e on e.customer_id = s.customer_id and e.loaded_at <= s.prediction_time
),
gaps as (
  select *, case when event_ts - lag(event_ts) over (partition by customer_id, prediction_time order by event_ts)
      > interval 30 minutes then 1 else 0 end as starts
  from known
),
numbered as (
  select *, sum(starts) over (partition by customer_id, prediction_time order by event_ts) as session from gaps
)
select customer_id, prediction_time, count(distinct session) as sessions, max(session) as last_session
from numbered group by all

-- case: RFM scores within the prediction time
with rfm as (
  select s.customer_id, s.prediction_time, date_diff('day', max(e.event_ts), s.prediction_time) as recency,
    count(*) as frequency, sum(e.amount) as monetary
  from raw.spine s join raw.events e on e.customer_id = s.customer_id and e.loaded_at <= s.prediction_time
  group by s.customer_id, s.prediction_time
)
select customer_id, prediction_time, recency, frequency, monetary,
  ntile(5) over (partition by prediction_time order by recency desc) as r,
  ntile(5) over (partition by prediction_time order by frequency) as f,
  percent_rank() over (partition by prediction_time order by monetary) as m
from rfm

-- case: retention by month of tenure
select s.customer_id, s.prediction_time,
  count(distinct date_trunc('month', e.event_ts)) as active_months,
  count(distinct date_trunc('month', e.event_ts)) / greatest(date_diff('month', c.signup_ts, s.prediction_time), 1) as retention
from raw.spine s
join raw.customers c on c.customer_id = s.customer_id and c.signup_ts <= s.prediction_time
left join raw.events e on e.customer_id = s.customer_id and e.loaded_at <= s.prediction_time
group by s.customer_id, s.prediction_time, c.signup_ts

-- case: rolling windows and their ratio
select s.customer_id, s.prediction_time,
  count(e.event_id) filter (where e.event_ts >= s.prediction_time - interval 7 day) as n_7d,
  count(e.event_id) filter (where e.event_ts >= s.prediction_time - interval 30 day) as n_30d,
  n_7d / nullif(n_30d, 0) as share_7d,
  coalesce(sum(e.amount) filter (where e.event_ts >= s.prediction_time - interval 30 day), 0) as spend_30d
from raw.spine s left join raw.events e on e.customer_id = s.customer_id
  and e.loaded_at <= s.prediction_time and e.event_ts >= s.prediction_time - interval 90 day
group by all

-- case: week over week by conditional sums
with w as (
  select s.customer_id, s.prediction_time,
    sum(case when e.event_ts >= s.prediction_time - interval 7 days then 1 else 0 end) as this_week,
    sum(case when e.event_ts < s.prediction_time - interval 7 days then 1 else 0 end) as last_week
  from raw.spine s left join raw.events e on e.customer_id = s.customer_id
    and e.loaded_at <= s.prediction_time and e.event_ts >= s.prediction_time - interval 14 days
  group by 1, 2
)
select customer_id, prediction_time, this_week - last_week as velocity,
  (this_week - last_week) * 1.0 / nullif(last_week, 0) as velocity_pct from w

-- case: a spine of month ends by generate_series
with months as (select unnest(generate_series(timestamp '2024-01-01', timestamp '2024-12-01', interval 1 month)) as prediction_time),
spine as (
  select c.customer_id, m.prediction_time from months m join raw.customers c on c.signup_ts <= m.prediction_time
)
select s.customer_id, s.prediction_time, count(e.event_id) as n
from spine s left join raw.events e on e.customer_id = s.customer_id and e.loaded_at <= s.prediction_time group by all

-- case: a spine by range in FROM
with months as (select range as prediction_time from range(timestamp '2024-01-01', timestamp '2024-12-01', interval 1 month))
select c.customer_id, m.prediction_time, date_diff('day', c.signup_ts, m.prediction_time) as tenure_days
from months m join raw.customers c on c.signup_ts < m.prediction_time

-- case: calendar join, zeros for quiet days
with days as (select s.customer_id, s.prediction_time, d.day
  from raw.spine s, lateral (select unnest(range(s.prediction_time - interval 28 day, s.prediction_time, interval 1 day)) as day) d),
counts as (
  select d.customer_id, d.prediction_time, d.day, count(e.event_id) as n
  from days d left join raw.events e on e.customer_id = d.customer_id and e.loaded_at <= d.prediction_time
    and e.event_ts >= d.day and e.event_ts < d.day + interval 1 day
  group by all
)
select customer_id, prediction_time, avg(n) as mean_daily, stddev(n) as sd_daily, count(*) filter (where n = 0) as quiet_days
from counts group by all

-- case: trend by regression
select s.customer_id, s.prediction_time,
  regr_slope(e.amount, epoch(e.event_ts)) as amount_trend, corr(e.amount, epoch(e.event_ts)) as amount_corr
from raw.spine s left join raw.events e on e.customer_id = s.customer_id
  and e.loaded_at <= s.prediction_time and e.event_ts > s.prediction_time - interval 28 day
group by all

-- case: most frequent value and quantiles
select s.customer_id, s.prediction_time, mode(e.kind) as usual_kind, median(e.amount) as median_amount,
  quantile_cont(e.amount, 0.9) as p90, approx_count_distinct(e.kind) as kinds, max_by(e.kind, e.event_ts) as last_kind
from raw.spine s left join raw.events e on e.customer_id = s.customer_id and e.loaded_at <= s.prediction_time
group by all

-- case: correlated scalar subqueries
select s.customer_id, s.prediction_time,
  (select count(*) from raw.events e where e.customer_id = s.customer_id and e.loaded_at <= s.prediction_time) as n,
  (select max(e.event_ts) from raw.events e where e.customer_id = s.customer_id and e.loaded_at <= s.prediction_time) as last_ts,
  coalesce((select sum(t.severity) from raw.tickets t where t.customer_id = s.customer_id and t.loaded_at <= s.prediction_time), 0) as severity
from raw.spine s

-- case: latest row by a correlated LIMIT
select s.customer_id, s.prediction_time,
  (select e.kind from raw.events e where e.customer_id = s.customer_id and e.loaded_at <= s.prediction_time
   order by e.event_ts desc limit 1) as last_kind
from raw.spine s

-- case: latest row by LATERAL with LIMIT
select s.customer_id, s.prediction_time, l.kind, l.amount
from raw.spine s left join lateral (
  select e.kind, e.amount from raw.events e
  where e.customer_id = s.customer_id and e.loaded_at <= s.prediction_time
  order by e.event_ts desc limit 1) l on true

-- case: the last three by LATERAL
select s.customer_id, s.prediction_time, avg(l.amount) as mean_of_last_three
from raw.spine s left join lateral (
  select e.amount from raw.events e
  where e.customer_id = s.customer_id and e.loaded_at <= s.prediction_time
  order by e.event_ts desc limit 3) l on true
group by all

-- case: existence and absence
select s.customer_id, s.prediction_time,
  exists (select 1 from raw.tickets t where t.customer_id = s.customer_id and t.loaded_at <= s.prediction_time and t.severity >= 3) as had_severe,
  not exists (select 1 from raw.events e where e.customer_id = s.customer_id and e.loaded_at <= s.prediction_time
    and e.event_ts > s.prediction_time - interval 14 day) as silent_14d
from raw.spine s

-- case: open tickets as they were
select s.customer_id, s.prediction_time,
  count(t.ticket_id) filter (where t.closed_at is null or t.closed_at > s.prediction_time) as open_tickets,
  avg(date_diff('hour', t.opened_at, t.closed_at)) filter (where t.closed_at <= s.prediction_time) as mean_hours,
  avg(case when t.closed_at <= s.prediction_time - interval 1 hour then t.sentiment end) as sentiment
from raw.spine s left join raw.tickets t on t.customer_id = s.customer_id and t.loaded_at <= s.prediction_time
group by all

-- case: first purchase and its kind
with firsts as (
  select s.customer_id, s.prediction_time, min(e.event_ts) as first_ts, arg_min(e.kind, e.event_ts) as first_kind
  from raw.spine s join raw.events e on e.customer_id = s.customer_id and e.loaded_at <= s.prediction_time
  group by 1, 2
)
select s.customer_id, s.prediction_time, f.first_kind, s.prediction_time - f.first_ts as since_first
from raw.spine s left join firsts f using (customer_id, prediction_time)

-- case: lists that are filtered and folded
select s.customer_id, s.prediction_time,
  len(list_filter(list(e.kind) filter (where e.loaded_at <= s.prediction_time), lambda k: k = 'login')) as logins,
  list_sum(list(e.amount) filter (where e.loaded_at <= s.prediction_time)) as spend,
  list_contains(list(e.kind) filter (where e.loaded_at <= s.prediction_time), 'visit') as visited,
  list_aggregate(list(e.amount order by e.event_ts) filter (where e.loaded_at <= s.prediction_time), 'max') as most
from raw.spine s left join raw.events e on e.customer_id = s.customer_id
group by all

-- case: the last kinds as text
select s.customer_id, s.prediction_time,
  string_agg(distinct e.kind, ',' order by e.kind) as kinds,
  array_to_string(list(e.kind order by e.event_ts desc)[1:3], '>') as last_three
from raw.spine s left join raw.events e on e.customer_id = s.customer_id and e.loaded_at <= s.prediction_time
group by all

-- case: UNNEST of a list that was aggregated
with seen as (
  select s.customer_id, s.prediction_time, list(e.amount) as amounts
  from raw.spine s join raw.events e on e.customer_id = s.customer_id and e.loaded_at <= s.prediction_time group by all
)
select customer_id, prediction_time, sum(a) as total
from (select customer_id, prediction_time, unnest(amounts) as a from seen) group by all

-- case: features pivoted by kind
with known as (
  select s.customer_id, s.prediction_time, e.kind, e.amount
  from raw.spine s join raw.events e on e.customer_id = s.customer_id and e.loaded_at <= s.prediction_time
)
select customer_id, prediction_time, login, visit from (
  pivot known on kind in ('login', 'visit') using sum(amount) group by customer_id, prediction_time)

-- case: UNPIVOT and back
with wide as (
  select s.customer_id, s.prediction_time, sum(e.amount) as spend, sum(e.amount * e.amount) as squares
  from raw.spine s join raw.events e on e.customer_id = s.customer_id and e.loaded_at <= s.prediction_time group by all
)
select customer_id, prediction_time, max(value) as largest
from (unpivot wide on spend, squares into name what value value) group by all

-- case: UNION of channels
with touches as (
  select customer_id, event_ts as ts, loaded_at, 'event' as what from raw.events
  union all
  select customer_id, opened_at, loaded_at, 'ticket' from raw.tickets
)
select s.customer_id, s.prediction_time, count(t.ts) as touches, count(distinct t.what) as channels, max(t.ts) as last_touch
from raw.spine s left join touches t on t.customer_id = s.customer_id and t.loaded_at <= s.prediction_time group by all

-- case: months compared by year and month
select s.customer_id, s.prediction_time, count(e.event_id) as n
from raw.spine s left join raw.events e on e.customer_id = s.customer_id
  and (year(e.loaded_at) < year(s.prediction_time)
    or (year(e.loaded_at) = year(s.prediction_time) and month(e.loaded_at) < month(s.prediction_time)))
group by all

-- case: months compared by year * 12 + month
select s.customer_id, s.prediction_time, count(e.event_id) as n
from raw.spine s left join raw.events e on e.customer_id = s.customer_id
  and year(e.loaded_at) * 12 + month(e.loaded_at) < year(s.prediction_time) * 12 + month(s.prediction_time)
group by all

-- case: days before, by date_diff
select s.customer_id, s.prediction_time, count(e.event_id) as n
from raw.spine s left join raw.events e on e.customer_id = s.customer_id
  and date_diff('day', e.loaded_at, s.prediction_time) between 1 and 30
group by all

-- case: seconds since, by epoch
select s.customer_id, s.prediction_time, count(e.event_id) as n
from raw.spine s left join raw.events e on e.customer_id = s.customer_id
  and epoch(s.prediction_time) - epoch(e.loaded_at) between 0 and 30 * 86400
group by all

-- case: months as text
select s.customer_id, s.prediction_time, count(e.event_id) as n
from raw.spine s left join raw.events e on e.customer_id = s.customer_id
  and strftime(e.loaded_at, '%Y-%m') < strftime(s.prediction_time, '%Y-%m')
group by all

-- case: days of an instant with a zone
select s.customer_id, s.prediction_time, count(v.visited_at) as n, sum(v.pages) as pages
from raw.spine s left join raw.visits v on v.customer_id = s.customer_id
  and (v.visited_at at time zone 'UTC') <= s.prediction_time
  and (v.visited_at at time zone 'UTC') >= s.prediction_time - interval 30 day
group by all

-- case: a local day behind by two days
select s.customer_id, s.prediction_time, count(v.visited_at) as n
from raw.spine s left join raw.visits v on v.customer_id = s.customer_id
  and (v.visited_at at time zone 'Europe/Berlin')::date < s.prediction_time::date - 1
group by all

-- case: interval text and make_interval
select s.customer_id, s.prediction_time,
  count(e.event_id) filter (where e.event_ts > s.prediction_time - '7 days'::interval) as n7,
  count(e.event_id) filter (where e.event_ts > date_add(s.prediction_time, -interval 30 day)) as n30,
  count(e.event_id) filter (where e.event_ts > s.prediction_time - to_days(90)) as n90
from raw.spine s left join raw.events e on e.customer_id = s.customer_id and e.loaded_at <= s.prediction_time group by all

-- case: full join of two feature tables
with a as (
  select s.customer_id, s.prediction_time, count(*) as n_events from raw.spine s
  join raw.events e on e.customer_id = s.customer_id and e.loaded_at <= s.prediction_time group by all),
b as (
  select s.customer_id, s.prediction_time, count(*) as n_tickets from raw.spine s
  join raw.tickets t on t.customer_id = s.customer_id and t.loaded_at <= s.prediction_time group by all)
select coalesce(a.customer_id, b.customer_id) as customer_id, coalesce(a.prediction_time, b.prediction_time) as prediction_time,
  coalesce(n_events, 0) as n_events, coalesce(n_tickets, 0) as n_tickets
from a full join b on a.customer_id = b.customer_id and a.prediction_time = b.prediction_time

-- case: right join from the feature side
with a as (
  select s.customer_id, s.prediction_time, count(*) as n_events from raw.spine s
  join raw.events e on e.customer_id = s.customer_id and e.loaded_at <= s.prediction_time group by all)
select s.customer_id, s.prediction_time, coalesce(a.n_events, 0) as n_events
from a right join raw.spine s on s.customer_id = a.customer_id and s.prediction_time = a.prediction_time

-- case: peers of the same account
select s.customer_id, s.prediction_time, count(distinct o.customer_id) - 1 as peers
from raw.spine s
join raw.memberships m on m.customer_id = s.customer_id and m.joined_at <= s.prediction_time
join raw.memberships o on o.account_id = m.account_id and o.joined_at <= s.prediction_time
group by all

-- case: share among all at the prediction time
with n as (
  select s.customer_id, s.prediction_time, count(e.event_id) as n
  from raw.spine s left join raw.events e on e.customer_id = s.customer_id and e.loaded_at <= s.prediction_time group by all
)
select customer_id, prediction_time, n, n / sum(n) over (partition by prediction_time) as share,
  (n - avg(n) over (partition by prediction_time)) / stddev(n) over (partition by prediction_time) as z
from n

-- case: earlier labels, once they were known
select s.customer_id, s.prediction_time,
  count(b.churned) filter (where b.prediction_time + interval 30 day <= s.prediction_time) as churned_before
from raw.spine s left join raw.spine b on b.customer_id = s.customer_id and b.prediction_time < s.prediction_time
group by s.customer_id, s.prediction_time

-- case: deduplicated by first arrival, then counted
with tickets as (
  select * from raw.tickets qualify row_number() over (partition by ticket_id order by loaded_at) = 1
)
select s.customer_id, s.prediction_time, count(t.ticket_id) as n, max(t.severity) as worst
from raw.spine s left join tickets t on t.customer_id = s.customer_id and t.loaded_at <= s.prediction_time group by all

-- case: latest version of each ticket, as known
with versions as (
  select s.customer_id, s.prediction_time, t.ticket_id, t.severity,
    row_number() over (partition by s.customer_id, s.prediction_time, t.ticket_id order by t.loaded_at desc) as rn
  from raw.spine s join raw.tickets t on t.customer_id = s.customer_id and t.loaded_at <= s.prediction_time
)
select s.customer_id, s.prediction_time, count(v.ticket_id) as n, coalesce(max(v.severity), 0) as worst
from raw.spine s left join versions v on v.customer_id = s.customer_id and v.prediction_time = s.prediction_time and v.rn = 1
group by all

-- case: DISTINCT ON the latest known
select distinct on (s.customer_id, s.prediction_time) s.customer_id, s.prediction_time, h.plan
from raw.spine s left join raw.plan_history h on h.customer_id = s.customer_id and h.recorded_at <= s.prediction_time
order by s.customer_id, s.prediction_time, h.recorded_at desc

-- case: a window over what was known
with known as (
  select s.customer_id, s.prediction_time, e.event_id, e.event_ts, e.amount,
    avg(e.amount) over (partition by s.customer_id, s.prediction_time order by e.event_ts
      rows between 6 preceding and current row) as moving,
    last_value(e.kind) over (partition by s.customer_id, s.prediction_time order by e.event_ts
      rows between unbounded preceding and unbounded following) as last_kind,
    row_number() over (partition by s.customer_id, s.prediction_time order by e.event_ts desc) as rn
  from raw.spine s join raw.events e on e.customer_id = s.customer_id and e.loaded_at <= s.prediction_time
)
select customer_id, prediction_time, moving, last_kind from known where rn = 1

-- case: nested windows by RANGE over daily rows
with daily as (
  select s.customer_id, s.prediction_time, e.event_ts::date as day, count(*) as n
  from raw.spine s join raw.events e on e.customer_id = s.customer_id and e.loaded_at <= s.prediction_time group by all
),
rolling as (
  select *, sum(n) over (partition by customer_id, prediction_time order by day
    range between interval 6 day preceding and current row) as n7 from daily
)
select customer_id, prediction_time, max(n7) as busiest_week, count(*) filter (where n7 > 10) as busy_days from rolling group by all

-- case: recursive account tree, links known then
with recursive walk as (
  select s.customer_id, s.prediction_time, m.account_id from raw.spine s
  join raw.memberships m on m.customer_id = s.customer_id and m.joined_at <= s.prediction_time
  union
  select w.customer_id, w.prediction_time, n.account_id from walk w
  join raw.memberships m on m.account_id = w.account_id and m.joined_at <= w.prediction_time
  join raw.memberships n on n.customer_id = m.customer_id and n.joined_at <= w.prediction_time
)
select customer_id, prediction_time, count(distinct account_id) as reach from walk group by all

-- case: GROUP BY ROLLUP, its totals dropped
select customer_id, prediction_time, n from (
  select s.customer_id, s.prediction_time, count(e.event_id) as n, grouping(s.customer_id) as g
  from raw.spine s join raw.events e on e.customer_id = s.customer_id and e.loaded_at <= s.prediction_time
  group by rollup (s.prediction_time, s.customer_id)) where g = 0

-- case: active customers only, by semi join
select s.customer_id, s.prediction_time, 1 as one
from raw.spine s semi join raw.events e on e.customer_id = s.customer_id and e.loaded_at <= s.prediction_time
  and e.event_ts > s.prediction_time - interval 90 day

-- case: HAVING on what was known
select s.customer_id, s.prediction_time, count(*) as n
from raw.spine s join raw.events e on e.customer_id = s.customer_id and e.loaded_at <= s.prediction_time
group by all having count(*) >= 3 and max(e.event_ts) > s.prediction_time - interval 90 day

-- case: a label by EXISTS within the horizon | label: churned 30 days
select s.customer_id, s.prediction_time,
  not exists (select 1 from raw.events e where e.customer_id = s.customer_id
    and e.event_ts > s.prediction_time and e.event_ts <= s.prediction_time + interval 30 days) as churned
from raw.spine s

-- case: a label by count within the horizon | label: churned 30 days
select s.customer_id, s.prediction_time,
  case when count(e.event_id) = 0 then 1 else 0 end as churned
from raw.spine s left join raw.events e on e.customer_id = s.customer_id
  and e.event_ts > s.prediction_time and e.event_ts <= s.prediction_time + interval 30 days
group by all
