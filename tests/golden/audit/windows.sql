-- Window functions, rankings, limits.

-- case: LEAD | leak: next_kind
select customer_id, prediction_time, next_kind from (
  select e.customer_id, e.loaded_at as prediction_time,
    lead(e.kind) over (partition by e.customer_id order by e.loaded_at) as next_kind
  from raw.events e)
-- case: LAG in the order of arrival | clean
select customer_id, prediction_time, last_kind from (
  select e.customer_id, e.loaded_at as prediction_time,
    lag(e.kind) over (partition by e.customer_id order by e.loaded_at) as last_kind
  from raw.events e)

-- case: LAG by -1 is LEAD | leak: next_kind
select customer_id, prediction_time, next_kind from (
  select e.customer_id, e.loaded_at as prediction_time,
    lag(e.kind, -1) over (partition by e.customer_id order by e.loaded_at) as next_kind
  from raw.events e)
-- case: LEAD by -2 is LAG | clean
select customer_id, prediction_time, earlier_kind from (
  select e.customer_id, e.loaded_at as prediction_time,
    lead(e.kind, -2) over (partition by e.customer_id order by e.loaded_at) as earlier_kind
  from raw.events e)

-- case: LAG by a distance out of a column | leak: some_kind
select customer_id, prediction_time, some_kind from (
  select e.customer_id, e.loaded_at as prediction_time,
    lag(e.kind, (e.event_id % 3 - 1)::integer) over (partition by e.customer_id order by e.loaded_at) as some_kind
  from raw.events e)
-- case: LAG by two | clean
select customer_id, prediction_time, earlier_kind from (
  select e.customer_id, e.loaded_at as prediction_time,
    lag(e.kind, 2) over (partition by e.customer_id order by e.loaded_at) as earlier_kind
  from raw.events e)

-- case: LAG in an order of its own | leak: next_kind
select customer_id, prediction_time, next_kind from (
  select e.customer_id, e.loaded_at as prediction_time,
    lag(e.kind order by e.loaded_at desc) over (partition by e.customer_id order by e.loaded_at
      rows between unbounded preceding and unbounded following) as next_kind
  from raw.events e)

-- case: LAG in an order of its own over a bounded past | clean
select customer_id, prediction_time, max(last_kind) as last_kind from (
  select s.customer_id, s.prediction_time,
    lag(e.kind order by e.loaded_at desc) over (partition by s.customer_id, s.prediction_time order by e.loaded_at) as last_kind
  from raw.spine s left join raw.events e on e.customer_id = s.customer_id and e.loaded_at <= s.prediction_time)
group by all

-- case: less than no rows before are rows after | leak: total
select customer_id, prediction_time, total from (
  select e.customer_id, e.loaded_at as prediction_time,
    sum(e.amount) over (partition by e.customer_id order by e.loaded_at
      rows between unbounded preceding and -1 preceding) as total
  from raw.events e)
-- case: rows up to the last one | clean
select customer_id, prediction_time, total from (
  select e.customer_id, e.loaded_at as prediction_time,
    sum(e.amount) over (partition by e.customer_id order by e.loaded_at
      rows between unbounded preceding and 1 preceding) as total
  from raw.events e)

-- case: LAG in the order of the events | leak: last_kind
select e.customer_id, e.loaded_at as prediction_time,
  lag(e.kind) over (partition by e.customer_id order by e.event_ts) as last_kind
from raw.events e
-- case: LAG over a bounded past | clean
select customer_id, prediction_time, max(last_kind) as last_kind from (
  select s.customer_id, s.prediction_time,
    lag(e.kind) over (partition by s.customer_id, s.prediction_time order by e.event_ts) as last_kind
  from raw.spine s left join raw.events e on e.customer_id = s.customer_id and e.loaded_at <= s.prediction_time)
group by all

-- case: a FOLLOWING frame | leak: total
select e.customer_id, e.loaded_at as prediction_time,
  sum(e.amount) over (partition by e.customer_id order by e.loaded_at rows between 3 preceding and 1 following) as total
from raw.events e
-- case: a PRECEDING frame | clean
select e.customer_id, e.loaded_at as prediction_time,
  sum(e.amount) over (partition by e.customer_id order by e.loaded_at rows between 3 preceding and current row) as total
from raw.events e

-- case: a RANGE frame into the future | leak: total
select e.customer_id, e.loaded_at as prediction_time,
  sum(e.amount) over (partition by e.customer_id order by e.loaded_at
    range between interval 7 days preceding and interval 1 day following) as total
from raw.events e
-- case: a RANGE frame into the past | clean
select e.customer_id, e.loaded_at as prediction_time,
  sum(e.amount) over (partition by e.customer_id order by e.loaded_at
    range between interval 7 days preceding and interval 1 microsecond preceding) as total
from raw.events e

-- case: a frame by event time, rows late | leak: total
select e.customer_id, e.loaded_at as prediction_time,
  sum(e.amount) over (partition by e.customer_id order by e.event_ts rows between unbounded preceding and current row) as total
from raw.events e
-- case: a frame by arrival, current row left out | clean
select e.customer_id, e.loaded_at as prediction_time,
  sum(e.amount) over (partition by e.customer_id order by e.loaded_at
    groups between unbounded preceding and 1 preceding exclude current row) as total
from raw.events e

-- case: a whole partition | leak: n
select e.customer_id, e.loaded_at as prediction_time, count(*) over (partition by e.customer_id) as n from raw.events e
-- case: a running partition | clean
select e.customer_id, e.loaded_at as prediction_time,
  count(*) over (partition by e.customer_id order by e.loaded_at) as n
from raw.events e

-- case: rank among everybody ever | leak: place
with f as (
  select s.customer_id, s.prediction_time, count(e.event_id) as n
  from raw.spine s left join raw.events e on e.customer_id = s.customer_id and e.loaded_at <= s.prediction_time group by all)
select customer_id, prediction_time, rank() over (order by n desc) as place from f
-- case: rank among those predicted then | clean
with f as (
  select s.customer_id, s.prediction_time, count(e.event_id) as n
  from raw.spine s left join raw.events e on e.customer_id = s.customer_id and e.loaded_at <= s.prediction_time group by all)
select customer_id, prediction_time, rank() over (partition by prediction_time order by n desc) as place from f

-- case: percent rank over all | leak: place
select s.customer_id, s.prediction_time, percent_rank() over (order by s.prediction_time) as place from raw.spine s
-- case: ntile within the prediction time | clean
select s.customer_id, s.prediction_time, ntile(4) over (partition by s.prediction_time order by s.customer_id) as quarter from raw.spine s

-- case: first value by a descending order | leak: newest
select e.customer_id, e.loaded_at as prediction_time,
  first_value(e.kind) over (partition by e.customer_id order by e.loaded_at desc) as newest
from raw.events e
-- case: first value by an ascending order | clean
select e.customer_id, e.loaded_at as prediction_time,
  first_value(e.kind) over (partition by e.customer_id order by e.loaded_at) as oldest
from raw.events e

-- case: global top-k | leak: (rows)
select s.customer_id, s.prediction_time, 1 as one from raw.spine s order by s.prediction_time desc limit 3
-- case: top-k within the prediction time | clean
select s.customer_id, s.prediction_time, 1 as one from raw.spine s
qualify row_number() over (partition by s.prediction_time order by s.customer_id) <= 3

-- case: DISTINCT ON the newest | leak: plan
select distinct on (s.customer_id, s.prediction_time) s.customer_id, s.prediction_time, h.plan
from raw.spine s left join raw.plan_history h on h.customer_id = s.customer_id
order by s.customer_id, s.prediction_time, h.recorded_at desc
-- case: DISTINCT ON the newest known | clean
select distinct on (s.customer_id, s.prediction_time) s.customer_id, s.prediction_time, h.plan
from raw.spine s left join raw.plan_history h on h.customer_id = s.customer_id and h.recorded_at <= s.prediction_time
order by s.customer_id, s.prediction_time, h.recorded_at desc

-- case: a global aggregate | leak: total
select s.customer_id, s.prediction_time, t.total from raw.spine s, (select sum(amount) as total from raw.events) t
-- case: a global aggregate per prediction time | clean
select s.customer_id, s.prediction_time, t.total
from raw.spine s left join (
  select p.prediction_time, sum(e.amount) as total
  from (select distinct prediction_time from raw.spine) p join raw.events e on e.loaded_at <= p.prediction_time group by all) t
using (prediction_time)

-- case: GROUPING SETS over the future | leak: n
select s.customer_id, s.prediction_time, g.n from raw.spine s
left join (select customer_id, kind, count(*) as n from raw.events group by grouping sets ((customer_id), (kind))) g
  on g.customer_id = s.customer_id and g.kind is null
-- case: ROLLUP of the past | clean
select customer_id, prediction_time, sum(n) as n from (
  select s.customer_id, s.prediction_time, e.kind, count(e.event_id) as n
  from raw.spine s left join raw.events e on e.customer_id = s.customer_id and e.loaded_at <= s.prediction_time
  group by s.customer_id, s.prediction_time, rollup (e.kind))
group by all

-- case: PIVOT of the future | leak: logins
select s.customer_id, s.prediction_time, p.login as logins from raw.spine s
left join (pivot (select customer_id, kind, event_id from raw.events) on kind in ('login', 'visit') using count(event_id) group by customer_id) p
  on p.customer_id = s.customer_id
-- case: UNPIVOT of the spine | clean
select customer_id, prediction_time, count(v) as n from (
  select s.customer_id, s.prediction_time, 1.0 as a, 2.0 as b from raw.spine s) unpivot (v for name in (a, b)) group by all

-- case: UNNEST of a future list | leak: n
select s.customer_id, s.prediction_time, count(u.kind) as n from raw.spine s
left join (select customer_id, unnest(list(kind)) as kind from raw.events group by customer_id) u on u.customer_id = s.customer_id
group by all
-- case: UNNEST of a past list | clean
select customer_id, prediction_time, count(kind) as n from (
  select s.customer_id, s.prediction_time, unnest(list(e.kind)) as kind from raw.spine s
  left join raw.events e on e.customer_id = s.customer_id and e.loaded_at <= s.prediction_time group by all)
group by all
