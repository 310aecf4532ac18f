-- Joins and subqueries: entities, history, ASOF, existence, fan-out, sets.

-- case: entities not yet created | leak: (rows)
select p.customer_id, s.prediction_time, 1 as one
from (select distinct prediction_time from raw.spine) s, raw.customers p
-- case: entities created by then | clean
select p.customer_id, s.prediction_time, 1 as one
from (select distinct prediction_time from raw.spine) s join raw.customers p on p.signup_ts <= s.prediction_time

-- case: history by validity, not by recording | leak: plan
select s.customer_id, s.prediction_time, max(h.plan) as plan
from raw.spine s left join raw.plan_history h
  on h.customer_id = s.customer_id and h.valid_from <= s.prediction_time
 and (h.valid_to is null or h.valid_to > s.prediction_time)
group by all
-- case: history by validity and recording | clean
select s.customer_id, s.prediction_time, max(h.plan) as plan
from raw.spine s left join raw.plan_history h
  on h.customer_id = s.customer_id and h.valid_from <= s.prediction_time and h.recorded_at <= s.prediction_time
 and (h.valid_to is null or h.valid_to > s.prediction_time)
group by all

-- case: ASOF on the wrong time | leak: plan
select s.customer_id, s.prediction_time, h.plan
from raw.spine s asof left join raw.plan_history h
  on h.customer_id = s.customer_id and s.prediction_time >= h.valid_from
-- case: ASOF on the recording time | clean
select s.customer_id, s.prediction_time, h.plan
from raw.spine s asof left join raw.plan_history h
  on h.customer_id = s.customer_id and s.prediction_time >= h.recorded_at

-- case: ASOF the wrong way | leak: plan
select s.customer_id, s.prediction_time, h.plan
from raw.spine s asof left join raw.plan_history h
  on h.customer_id = s.customer_id and s.prediction_time <= h.recorded_at
-- case: ASOF strictly before | clean
select s.customer_id, s.prediction_time, h.plan
from raw.spine s asof join raw.plan_history h
  on h.customer_id = s.customer_id and s.prediction_time > h.recorded_at

-- case: keep the latest, then bound | leak: plan
with latest as (
  select * from raw.plan_history
  qualify row_number() over (partition by customer_id order by recorded_at desc) = 1)
select s.customer_id, s.prediction_time, h.plan
from raw.spine s left join latest h on h.customer_id = s.customer_id and h.recorded_at <= s.prediction_time
-- case: bound, then keep the latest | clean
select s.customer_id, s.prediction_time, h.plan
from raw.spine s left join raw.plan_history h
  on h.customer_id = s.customer_id and h.recorded_at <= s.prediction_time
qualify row_number() over (partition by s.customer_id, s.prediction_time order by h.recorded_at desc) = 1

-- case: a UNION branch without the bound | leak: n
with all_events as (
  select s.customer_id, s.prediction_time, e.event_id from raw.spine s join raw.events e
    on e.customer_id = s.customer_id and e.loaded_at <= s.prediction_time
  union all
  select s.customer_id, s.prediction_time, e.event_id from raw.spine s join raw.events e
    on e.customer_id = s.customer_id and e.kind = 'login')
select s.customer_id, s.prediction_time, count(a.event_id) as n
from raw.spine s left join all_events a using (customer_id, prediction_time) group by all
-- case: every UNION branch bounded | clean
with all_events as (
  select s.customer_id, s.prediction_time, e.event_id from raw.spine s join raw.events e
    on e.customer_id = s.customer_id and e.loaded_at <= s.prediction_time
  union all
  select s.customer_id, s.prediction_time, t.ticket_id from raw.spine s join raw.tickets t
    on t.customer_id = s.customer_id and t.loaded_at < s.prediction_time)
select s.customer_id, s.prediction_time, count(a.event_id) as n
from raw.spine s left join all_events a using (customer_id, prediction_time) group by all

-- case: an unbounded correlated subquery | leak: last_seen
select s.customer_id, s.prediction_time,
  (select max(e.event_ts) from raw.events e where e.customer_id = s.customer_id) as last_seen
from raw.spine s
-- case: a bounded correlated subquery | clean
select s.customer_id, s.prediction_time,
  (select max(e.event_ts) from raw.events e where e.customer_id = s.customer_id and e.loaded_at <= s.prediction_time) as last_seen,
  (select count(*) from raw.events e where e.customer_id = s.customer_id and e.loaded_at < s.prediction_time) as n
from raw.spine s

-- case: max of the time, then join | leak: amount
with latest as (select customer_id, max(event_ts) as event_ts from raw.events group by all)
select s.customer_id, s.prediction_time, max(e.amount) as amount
from raw.spine s left join latest l on l.customer_id = s.customer_id
left join raw.events e on e.customer_id = l.customer_id and e.event_ts = l.event_ts and e.loaded_at <= s.prediction_time
group by all
-- case: max of the time as of then, then join | clean
with latest as (
  select s.customer_id, s.prediction_time, max(e.event_ts) as event_ts
  from raw.spine s join raw.events e on e.customer_id = s.customer_id and e.loaded_at <= s.prediction_time group by all)
select s.customer_id, s.prediction_time, max(e.amount) as amount
from raw.spine s left join latest l using (customer_id, prediction_time)
left join raw.events e on e.customer_id = s.customer_id and e.event_ts = l.event_ts and e.loaded_at <= s.prediction_time
group by all

-- case: EXISTS in the future | leak: active
select s.customer_id, s.prediction_time,
  exists (select 1 from raw.events e where e.customer_id = s.customer_id and e.event_ts > s.prediction_time - interval 30 days) as active
from raw.spine s
-- case: EXISTS in the past | clean
select s.customer_id, s.prediction_time,
  exists (select 1 from raw.events e where e.customer_id = s.customer_id and e.loaded_at <= s.prediction_time) as active
from raw.spine s

-- case: NOT EXISTS without a bound | leak: (rows)
select s.customer_id, s.prediction_time, 1 as one from raw.spine s
where not exists (select 1 from raw.tickets t where t.customer_id = s.customer_id and t.severity > 2)
-- case: NOT EXISTS with a bound | clean
select s.customer_id, s.prediction_time, 1 as one from raw.spine s
where not exists (select 1 from raw.tickets t where t.customer_id = s.customer_id and t.loaded_at <= s.prediction_time)

-- case: anti join without a bound | leak: (rows)
select s.customer_id, s.prediction_time, 1 as one from raw.spine s anti join raw.tickets t on t.customer_id = s.customer_id
-- case: anti join with a bound | clean
select s.customer_id, s.prediction_time, 1 as one
from raw.spine s anti join raw.tickets t on t.customer_id = s.customer_id and t.loaded_at <= s.prediction_time

-- case: semi join without a bound | leak: (rows)
select s.customer_id, s.prediction_time, 1 as one from raw.spine s semi join raw.tickets t on t.customer_id = s.customer_id
-- case: semi join with a bound | clean
select s.customer_id, s.prediction_time, 1 as one
from raw.spine s semi join raw.tickets t on t.customer_id = s.customer_id and t.loaded_at <= s.prediction_time

-- case: IN the future | leak: has_ticket
select s.customer_id, s.prediction_time, s.customer_id in (select t.customer_id from raw.tickets t) as has_ticket from raw.spine s
-- case: IN the past | clean
select s.customer_id, s.prediction_time,
  s.customer_id in (select t.customer_id from raw.tickets t where t.loaded_at <= s.prediction_time) as has_ticket
from raw.spine s

-- case: NOT IN with NULLs | leak: quiet
select s.customer_id, s.prediction_time, s.customer_id not in (select f.customer_id from raw.feed f) as quiet from raw.spine s
-- case: NOT IN with a bound | clean
select s.customer_id, s.prediction_time,
  s.customer_id not in (select f.customer_id from raw.feed f where f.loaded_at <= s.prediction_time) as quiet
from raw.spine s

-- case: HAVING on the future | leak: (rows)
select s.customer_id, s.prediction_time, count(e.event_id) filter (where e.loaded_at <= s.prediction_time) as n
from raw.spine s left join raw.events e on e.customer_id = s.customer_id
group by all having max(e.event_ts) <= s.prediction_time
-- case: HAVING on the past | clean
select s.customer_id, s.prediction_time, count(e.event_id) as n
from raw.spine s left join raw.events e on e.customer_id = s.customer_id and e.loaded_at <= s.prediction_time
group by all having count(e.event_id) > 1

-- case: EXCEPT a future set | leak: (rows)
select s.customer_id, s.prediction_time from raw.spine s
except select s.customer_id, s.prediction_time from raw.spine s join raw.tickets t on t.customer_id = s.customer_id
-- case: EXCEPT a past set | clean
select s.customer_id, s.prediction_time from raw.spine s
except select s.customer_id, s.prediction_time from raw.spine s join raw.tickets t
  on t.customer_id = s.customer_id and t.loaded_at <= s.prediction_time

-- case: INTERSECT with a future set | leak: (rows)
select s.customer_id, s.prediction_time from raw.spine s
intersect select s.customer_id, s.prediction_time from raw.spine s join raw.tickets t on t.customer_id = s.customer_id
-- case: INTERSECT with a past set | clean
select s.customer_id, s.prediction_time from raw.spine s
intersect select s.customer_id, s.prediction_time from raw.spine s join raw.tickets t
  on t.customer_id = s.customer_id and t.loaded_at <= s.prediction_time

-- case: fan-out through an unbounded bridge | leak: peers
select s.customer_id, s.prediction_time, count(distinct o.customer_id) as peers
from raw.spine s join raw.memberships m on m.customer_id = s.customer_id and m.joined_at <= s.prediction_time
join raw.memberships o on o.account_id = m.account_id
group by all
-- case: fan-out through a bounded bridge | clean
select s.customer_id, s.prediction_time, count(distinct o.customer_id) as peers
from raw.spine s join raw.memberships m on m.customer_id = s.customer_id and m.joined_at <= s.prediction_time
join raw.memberships o on o.account_id = m.account_id and o.joined_at <= s.prediction_time
group by all

-- case: self-join to later rows | leak: came_back
select s.customer_id, s.prediction_time, count(b.event_id) as came_back
from raw.spine s left join raw.events a on a.customer_id = s.customer_id and a.loaded_at <= s.prediction_time
left join raw.events b on b.customer_id = a.customer_id and b.event_ts > a.event_ts
group by all
-- case: self-join to later rows that are known | clean
select s.customer_id, s.prediction_time, count(b.event_id) as came_back
from raw.spine s left join raw.events a on a.customer_id = s.customer_id and a.loaded_at <= s.prediction_time
left join raw.events b on b.customer_id = a.customer_id and b.event_ts > a.event_ts and b.loaded_at <= s.prediction_time
group by all

-- case: LATERAL latest by event time | leak: kind
select s.customer_id, s.prediction_time, x.kind
from raw.spine s left join lateral (
  select e.kind from raw.events e where e.customer_id = s.customer_id and e.event_ts <= s.prediction_time
  order by e.event_ts desc limit 1) x on true
-- case: LATERAL latest of what is known | clean
select s.customer_id, s.prediction_time, x.kind
from raw.spine s left join lateral (
  select e.kind from raw.events e where e.customer_id = s.customer_id and e.loaded_at <= s.prediction_time
  order by e.event_ts desc limit 1) x on true

-- case: FULL JOIN with what comes later | leak: (rows)
select coalesce(s.customer_id, h.customer_id) as customer_id,
  coalesce(s.prediction_time, h.valid_from) as prediction_time, h.plan
from raw.spine s full join raw.plan_history h on h.customer_id = s.customer_id and h.valid_from = s.prediction_time
-- case: RIGHT JOIN as a LEFT JOIN | clean
select s.customer_id, s.prediction_time, count(e.event_id) as n
from raw.events e right join raw.spine s on e.customer_id = s.customer_id and e.loaded_at <= s.prediction_time
group by all

-- case: a recursive walk over the future | leak: reach
with recursive walk as (
  select s.customer_id, s.prediction_time, m.account_id
  from raw.spine s join raw.memberships m on m.customer_id = s.customer_id and m.joined_at <= s.prediction_time
  union
  select w.customer_id, w.prediction_time, o.account_id
  from walk w join raw.memberships m on m.account_id = w.account_id
  join raw.memberships o on o.customer_id = m.customer_id)
select s.customer_id, s.prediction_time, count(w.account_id) as reach
from raw.spine s left join walk w using (customer_id, prediction_time) group by all
-- case: a recursive walk over the past | clean
with recursive walk as (
  select s.customer_id, s.prediction_time, m.account_id
  from raw.spine s join raw.memberships m on m.customer_id = s.customer_id and m.joined_at <= s.prediction_time
  union
  select w.customer_id, w.prediction_time, o.account_id
  from walk w join raw.memberships m on m.account_id = w.account_id and m.joined_at <= w.prediction_time
  join raw.memberships o on o.customer_id = m.customer_id and o.joined_at <= w.prediction_time)
select s.customer_id, s.prediction_time, count(w.account_id) as reach
from raw.spine s left join walk w using (customer_id, prediction_time) group by all
