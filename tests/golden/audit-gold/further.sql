-- case: history closed by LEAD upstream
-- model: plan_versions
select customer_id, plan, mrr, recorded_at, lead(recorded_at) over (partition by customer_id order by recorded_at) as replaced_at
from raw.plan_history
-- gold
select s.customer_id, s.prediction_time, v.plan, v.mrr
from raw.spine s left join main.plan_versions v on v.customer_id = s.customer_id
  and v.recorded_at <= s.prediction_time and (v.replaced_at is null or v.replaced_at > s.prediction_time)

-- case: history closed by LEAD, its end written as a far date
-- model: plan_versions
select customer_id, plan, recorded_at,
  coalesce(lead(recorded_at) over (partition by customer_id order by recorded_at), timestamp '9999-12-31') as replaced_at
from raw.plan_history
-- gold
select s.customer_id, s.prediction_time, v.plan
from raw.spine s join main.plan_versions v on v.customer_id = s.customer_id
  and s.prediction_time >= v.recorded_at and s.prediction_time < v.replaced_at

-- case: a daily table that keeps the day of arrival
-- model: daily
select customer_id, event_ts::date as day, date_trunc('day', loaded_at) + interval 1 day as available_at,
  count(*) as n, sum(amount) as amount
from raw.events group by all
-- gold
select s.customer_id, s.prediction_time, coalesce(sum(d.n), 0) as n_30d, sum(d.amount) as amount_30d
from raw.spine s left join main.daily d on d.customer_id = s.customer_id
  and d.available_at <= s.prediction_time and d.day >= s.prediction_time::date - 30
group by all

-- case: an enriched table, known when its later part was
-- model: enriched
select e.event_id, e.customer_id, e.event_ts, h.plan, greatest(e.loaded_at, h.recorded_at) as available_at
from raw.events e join raw.plan_history h on h.customer_id = e.customer_id
-- gold
select s.customer_id, s.prediction_time, count(distinct x.plan) as plans
from raw.spine s left join main.enriched x on x.customer_id = s.customer_id and x.available_at <= s.prediction_time
group by all

-- case: a spine made from the months of arrival
with spine as (
  select distinct customer_id, date_trunc('month', loaded_at) + interval 1 month as prediction_time from raw.events
)
select s.customer_id, s.prediction_time, count(*) as n
from spine s join raw.events e on e.customer_id = s.customer_id and e.loaded_at < s.prediction_time group by all

-- case: a spine made from the days after arrival
with spine as (select distinct customer_id, (loaded_at::date + 1)::timestamp as prediction_time from raw.events)
select s.customer_id, s.prediction_time, count(*) as n
from spine s join raw.events e on e.customer_id = s.customer_id and e.loaded_at < s.prediction_time group by all

-- case: prediction dates
with spine as (select distinct customer_id, prediction_time::date as prediction_time from raw.spine
  where prediction_time = date_trunc('day', prediction_time))
select s.customer_id, s.prediction_time, count(e.event_id) as n,
  count(e.event_id) filter (where e.event_ts::date >= s.prediction_time - 30) as n_30d
from spine s left join raw.events e on e.customer_id = s.customer_id and e.loaded_at::date < s.prediction_time group by all

-- case: bound by the first of the month
select s.customer_id, s.prediction_time, count(e.event_id) as n
from raw.spine s left join raw.events e on e.customer_id = s.customer_id
  and e.loaded_at < make_date(year(s.prediction_time), month(s.prediction_time), 1)
group by all

-- case: bound by the last day of the month before
select s.customer_id, s.prediction_time, count(e.event_id) as n
from raw.spine s left join raw.events e on e.customer_id = s.customer_id
  and e.loaded_at::date <= last_day(s.prediction_time - interval 1 month)
group by all

-- case: seconds of a difference
select s.customer_id, s.prediction_time, count(e.event_id) as n
from raw.spine s left join raw.events e on e.customer_id = s.customer_id
  and extract(epoch from (s.prediction_time - e.loaded_at)) >= 0
group by all

-- case: days of a difference
select s.customer_id, s.prediction_time, count(e.event_id) as n
from raw.spine s left join raw.events e on e.customer_id = s.customer_id
  and date_part('day', s.prediction_time - e.loaded_at) > 0
group by all

-- case: months as numbers of six digits
select s.customer_id, s.prediction_time, count(e.event_id) as n
from raw.spine s left join raw.events e on e.customer_id = s.customer_id
  and cast(strftime(e.loaded_at, '%Y%m') as integer) < cast(strftime(s.prediction_time, '%Y%m') as integer)
group by all

-- case: instants as text
select s.customer_id, s.prediction_time, count(e.event_id) as n
from raw.spine s left join raw.events e on e.customer_id = s.customer_id
  and e.loaded_at::date::varchar < s.prediction_time::date::varchar
group by all

-- case: a list of what happened, filtered by when it was known | open: n
-- model: histories
select customer_id, list({'ts': event_ts, 'known': loaded_at, 'amount': amount}) as events from raw.events group by customer_id
-- gold
select s.customer_id, s.prediction_time,
  len(list_filter(h.events, lambda e: e.known <= s.prediction_time)) as n
from raw.spine s left join main.histories h using (customer_id)

-- case: a list of times, filtered by the prediction time | open: n
with h as (select customer_id, list(loaded_at) as known from raw.events group by customer_id)
select s.customer_id, s.prediction_time, len(list_filter(h.known, lambda t: t <= s.prediction_time)) as n
from raw.spine s left join h using (customer_id)

-- case: a list unnested, then bounded | open: n
with h as (select customer_id, list(loaded_at) as known from raw.events group by customer_id),
u as (select customer_id, unnest(known) as known_at from h)
select s.customer_id, s.prediction_time, count(u.known_at) as n
from raw.spine s left join u on u.customer_id = s.customer_id and u.known_at <= s.prediction_time group by all

-- case: running totals by arrival, taken as of
-- model: running
select customer_id, loaded_at, event_id, count(*) over (partition by customer_id order by loaded_at) as n_so_far,
  sum(amount) over (partition by customer_id order by loaded_at range between interval 30 day preceding and current row) as spend_30d
from raw.events
-- gold
select s.customer_id, s.prediction_time, r.n_so_far, r.spend_30d
from raw.spine s asof left join main.running r on r.customer_id = s.customer_id and s.prediction_time >= r.loaded_at

-- case: the moving mean of earlier rows, by rows
-- model: running
select customer_id, loaded_at, avg(amount) over (partition by customer_id order by loaded_at, event_id
  rows between 6 preceding and 1 preceding) as before
from raw.events
-- gold
select s.customer_id, s.prediction_time, max(r.before) as best
from raw.spine s left join main.running r on r.customer_id = s.customer_id and r.loaded_at <= s.prediction_time group by all

-- case: the first known plan by window
-- model: first_plans
select customer_id, plan, recorded_at from raw.plan_history
qualify row_number() over (partition by customer_id order by recorded_at) = 1
-- gold
select s.customer_id, s.prediction_time, f.plan as first_plan
from raw.spine s left join main.first_plans f on f.customer_id = s.customer_id and f.recorded_at <= s.prediction_time

-- case: first arrival by aggregate, bounded later
-- model: arrivals
select customer_id, min(loaded_at) as first_loaded from raw.events group by customer_id
-- gold
select s.customer_id, s.prediction_time, coalesce(a.first_loaded <= s.prediction_time, false) as has_arrived,
  case when a.first_loaded <= s.prediction_time then date_diff('day', a.first_loaded, s.prediction_time) end as days_since
from raw.spine s left join main.arrivals a using (customer_id)

-- case: bounded by a CTE of cut-offs
with cutoffs as (select customer_id, prediction_time, prediction_time - interval 1 hour as cutoff from raw.spine)
select c.customer_id, c.prediction_time, count(e.event_id) as n
from cutoffs c left join raw.events e on e.customer_id = c.customer_id and e.loaded_at <= c.cutoff group by all

-- case: the window in a table of its own
with windows(days) as (values (7), (30), (90))
select s.customer_id, s.prediction_time,
  count(e.event_id) filter (where w.days = 7) as n_7d, count(e.event_id) filter (where w.days = 30) as n_30d
from raw.spine s cross join windows w
left join raw.events e on e.customer_id = s.customer_id and e.loaded_at <= s.prediction_time
  and e.event_ts >= s.prediction_time - to_days(w.days)
group by all

-- case: weeks before, by integer arithmetic
select s.customer_id, s.prediction_time,
  count(e.event_id) filter (where date_diff('day', e.event_ts, s.prediction_time) // 7 = 0) as this_week,
  count(e.event_id) filter (where date_diff('day', e.event_ts, s.prediction_time) // 7 = 1) as last_week
from raw.spine s left join raw.events e on e.customer_id = s.customer_id and e.loaded_at <= s.prediction_time
group by all
