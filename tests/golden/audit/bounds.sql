-- Time bounds: none, off by one, on the wrong clock, with the wrong sign, in the wrong unit.

-- case: future rows without a bound | leak: n, total
select s.customer_id, s.prediction_time, count(e.event_id) as n, sum(e.amount) as total
from raw.spine s left join raw.events e on e.customer_id = s.customer_id
group by all
-- case: rows bounded by availability | clean
select s.customer_id, s.prediction_time, count(e.event_id) as n, sum(e.amount) as total
from raw.spine s left join raw.events e on e.customer_id = s.customer_id and e.loaded_at <= s.prediction_time
group by all

-- case: bound one day late | leak: n
select s.customer_id, s.prediction_time, count(e.event_id) as n
from raw.spine s left join raw.events e
  on e.customer_id = s.customer_id and e.loaded_at < s.prediction_time + interval 1 day
group by all
-- case: bound one day early | clean
select s.customer_id, s.prediction_time, count(e.event_id) as n
from raw.spine s left join raw.events e
  on e.customer_id = s.customer_id and e.loaded_at < s.prediction_time - interval 1 day
group by all

-- case: bound one microsecond late | leak: n
select s.customer_id, s.prediction_time, count(e.event_id) as n
from raw.spine s left join raw.events e
  on e.customer_id = s.customer_id and e.loaded_at <= s.prediction_time + interval 1 microsecond
group by all
-- case: bound at the instant | clean
select s.customer_id, s.prediction_time, count(e.event_id) as n
from raw.spine s left join raw.events e
  on e.customer_id = s.customer_id and e.loaded_at < s.prediction_time + interval 1 microsecond
group by all

-- case: event time for availability | leak: n
select s.customer_id, s.prediction_time, count(e.event_id) as n
from raw.spine s left join raw.events e on e.customer_id = s.customer_id and e.event_ts <= s.prediction_time
group by all
-- case: event time and availability | clean
select s.customer_id, s.prediction_time, count(e.event_id) as n
from raw.spine s left join raw.events e
  on e.customer_id = s.customer_id and e.event_ts <= s.prediction_time and e.loaded_at <= s.prediction_time
group by all

-- case: late rows of a business day | leak: total
select s.customer_id, s.prediction_time, sum(f.amount) as total
from raw.spine s left join raw.feed f on f.customer_id = s.customer_id and f.business_day < s.prediction_time::date
group by all
-- case: a business day and its arrival | clean
select s.customer_id, s.prediction_time, sum(f.amount) as total
from raw.spine s left join raw.feed f
  on f.customer_id = s.customer_id and f.business_day < s.prediction_time::date and f.loaded_at <= s.prediction_time
group by all

-- case: interval with the wrong sign | leak: n
select s.customer_id, s.prediction_time, count(e.event_id) as n
from raw.spine s left join raw.events e
  on e.customer_id = s.customer_id and e.loaded_at >= s.prediction_time - interval 30 days
 and e.loaded_at < s.prediction_time - interval (-30) days
group by all
-- case: interval with the right sign | clean
select s.customer_id, s.prediction_time, count(e.event_id) as n
from raw.spine s left join raw.events e
  on e.customer_id = s.customer_id and e.loaded_at >= s.prediction_time + interval (-30) days
 and e.loaded_at < s.prediction_time
group by all

-- case: window turned round | leak: n
select s.customer_id, s.prediction_time, count(e.event_id) as n
from raw.spine s left join raw.events e
  on e.customer_id = s.customer_id and e.loaded_at between s.prediction_time and s.prediction_time + interval 30 days
group by all
-- case: window looking back | clean
select s.customer_id, s.prediction_time, count(e.event_id) as n
from raw.spine s left join raw.events e
  on e.customer_id = s.customer_id and e.loaded_at between s.prediction_time - interval 30 days and s.prediction_time
group by all

-- case: a month forward and thirty days back | leak: n
select s.customer_id, s.prediction_time, count(e.event_id) as n
from raw.spine s left join raw.events e
  on e.customer_id = s.customer_id and e.loaded_at <= s.prediction_time + interval 1 month - interval 30 days
group by all
-- case: a month forward and thirty-one days back | clean
select s.customer_id, s.prediction_time, count(e.event_id) as n
from raw.spine s left join raw.events e
  on e.customer_id = s.customer_id and e.loaded_at <= s.prediction_time + interval 1 month - interval 31 days
group by all

-- case: thirty days moved back by a month | leak: n
select s.customer_id, s.prediction_time, count(e.event_id) as n
from raw.spine s left join raw.events e
  on e.customer_id = s.customer_id and e.loaded_at + interval 1 month <= s.prediction_time + interval 30 days
group by all
-- case: twenty-eight days moved back by a month | clean
select s.customer_id, s.prediction_time, count(e.event_id) as n
from raw.spine s left join raw.events e
  on e.customer_id = s.customer_id and e.loaded_at + interval 1 month <= s.prediction_time + interval 28 days
group by all

-- case: OR defeats the bound | leak: n
select s.customer_id, s.prediction_time, count(e.event_id) as n
from raw.spine s left join raw.events e
  on e.customer_id = s.customer_id and (e.loaded_at <= s.prediction_time or e.kind = 'login')
group by all
-- case: OR inside the bound | clean
select s.customer_id, s.prediction_time, count(e.event_id) as n
from raw.spine s left join raw.events e
  on e.customer_id = s.customer_id and e.loaded_at <= s.prediction_time and (e.amount > 3 or e.kind = 'login')
group by all

-- case: AND binds before OR | leak: n
select s.customer_id, s.prediction_time, count(*) as n
from raw.spine s, raw.events e
where e.customer_id = s.customer_id and e.kind = 'login' or e.kind = 'visit' and e.loaded_at <= s.prediction_time
group by all
-- case: AND and OR in brackets | clean
select s.customer_id, s.prediction_time, count(*) as n
from raw.spine s, raw.events e
where e.customer_id = s.customer_id and (e.kind = 'login' or e.kind = 'visit') and e.loaded_at <= s.prediction_time
group by all

-- case: NULL availability let in by COALESCE | leak: total
select s.customer_id, s.prediction_time, sum(f.amount) as total
from raw.spine s left join raw.feed f
  on f.customer_id = s.customer_id and coalesce(f.loaded_at, f.event_ts) <= s.prediction_time
group by all
-- case: NULL availability kept out | clean
select s.customer_id, s.prediction_time, sum(f.amount) as total
from raw.spine s left join raw.feed f
  on f.customer_id = s.customer_id and coalesce(f.loaded_at, timestamp '9999-12-31') <= s.prediction_time
group by all

-- case: NOT around the bound | leak: n
select s.customer_id, s.prediction_time, count(e.event_id) as n
from raw.spine s left join raw.events e
  on e.customer_id = s.customer_id and not (e.loaded_at > s.prediction_time and e.event_ts > s.prediction_time)
group by all
-- case: NOT around its opposite | clean
select s.customer_id, s.prediction_time, count(e.event_id) as n
from raw.spine s left join raw.events e
  on e.customer_id = s.customer_id and not (e.loaded_at > s.prediction_time or e.amount is null)
group by all

-- case: the greater of two times ignores NULL | leak: total
select s.customer_id, s.prediction_time, sum(f.amount) as total
from raw.spine s left join raw.feed f
  on f.customer_id = s.customer_id and greatest(f.loaded_at, f.event_ts) <= s.prediction_time
group by all
-- case: the greater of two times that are there | clean
select s.customer_id, s.prediction_time, count(e.event_id) as n
from raw.spine s left join raw.events e
  on e.customer_id = s.customer_id and greatest(e.loaded_at, e.event_ts) <= s.prediction_time
group by all

-- case: the lesser of two times | leak: n
select s.customer_id, s.prediction_time, count(e.event_id) as n
from raw.spine s left join raw.events e
  on e.customer_id = s.customer_id and least(e.loaded_at, e.event_ts) <= s.prediction_time
group by all
-- case: an axiom carries the bound | clean
select s.customer_id, s.prediction_time, count(e.event_id) as n
from raw.spine s left join raw.events e
  on e.customer_id = s.customer_id and e.event_ts >= s.prediction_time - interval 7 days
 and least(e.loaded_at, s.prediction_time) = e.loaded_at
group by all

-- case: bound by a literal date | leak: n
select s.customer_id, s.prediction_time, count(e.event_id) as n
from raw.spine s left join raw.events e on e.customer_id = s.customer_id and e.loaded_at < '2024-06-01'
group by all
-- case: both sides of a literal date | clean
select s.customer_id, s.prediction_time, count(e.event_id) as n
from raw.spine s left join raw.events e on e.customer_id = s.customer_id and e.loaded_at < '2024-06-01'
where s.prediction_time >= '2024-06-01'
group by all
