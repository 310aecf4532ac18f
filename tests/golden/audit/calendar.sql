-- Calendar arithmetic: truncation, casts, parts, differences, text, time zones.

-- case: cast to date moves the cut forward | leak: n
select s.customer_id, s.prediction_time, count(e.event_id) as n
from raw.spine s left join raw.events e on e.customer_id = s.customer_id and e.loaded_at::date <= s.prediction_time::date
group by all
-- case: whole days before | clean
select s.customer_id, s.prediction_time, count(e.event_id) as n
from raw.spine s left join raw.events e on e.customer_id = s.customer_id and e.loaded_at::date < s.prediction_time::date
group by all

-- case: month of the prediction included | leak: n
select s.customer_id, s.prediction_time, count(e.event_id) as n
from raw.spine s left join raw.events e
  on e.customer_id = s.customer_id and date_trunc('month', e.loaded_at) <= date_trunc('month', s.prediction_time)
group by all
-- case: months before the prediction's | clean
select s.customer_id, s.prediction_time, count(e.event_id) as n
from raw.spine s left join raw.events e
  on e.customer_id = s.customer_id and date_trunc('month', e.loaded_at) < date_trunc('month', s.prediction_time)
group by all

-- case: week of the prediction included | leak: n
select s.customer_id, s.prediction_time, count(e.event_id) as n
from raw.spine s left join raw.events e
  on e.customer_id = s.customer_id and date_trunc('week', e.loaded_at) <= s.prediction_time
group by all
-- case: weeks that are over | clean
select s.customer_id, s.prediction_time, count(e.event_id) as n
from raw.spine s left join raw.events e
  on e.customer_id = s.customer_id and date_trunc('week', e.loaded_at) + interval 7 days <= s.prediction_time
group by all

-- case: the end of the prediction's day | leak: n
select s.customer_id, s.prediction_time, count(e.event_id) as n
from raw.spine s left join raw.events e
  on e.customer_id = s.customer_id and e.loaded_at < date_trunc('day', s.prediction_time) + interval 1 day
group by all
-- case: the start of the prediction's day | clean
select s.customer_id, s.prediction_time, count(e.event_id) as n
from raw.spine s left join raw.events e
  on e.customer_id = s.customer_id and e.loaded_at < date_trunc('day', s.prediction_time)
group by all

-- case: last day of the prediction's month | leak: n
select s.customer_id, s.prediction_time, count(e.event_id) as n
from raw.spine s left join raw.events e
  on e.customer_id = s.customer_id and e.loaded_at <= last_day(s.prediction_time)
group by all
-- case: last day of the month before | clean
select s.customer_id, s.prediction_time, count(e.event_id) as n
from raw.spine s left join raw.events e
  on e.customer_id = s.customer_id and e.loaded_at <= date_trunc('month', s.prediction_time) - interval 1 day
group by all

-- case: same year | leak: n
select s.customer_id, s.prediction_time, count(e.event_id) as n
from raw.spine s left join raw.events e
  on e.customer_id = s.customer_id and year(e.loaded_at) <= year(s.prediction_time)
group by all
-- case: years before | clean
select s.customer_id, s.prediction_time, count(e.event_id) as n
from raw.spine s left join raw.events e
  on e.customer_id = s.customer_id and extract(year from e.loaded_at) < extract(year from s.prediction_time)
group by all

-- case: date_diff of zero days | leak: n
select s.customer_id, s.prediction_time, count(e.event_id) as n
from raw.spine s left join raw.events e
  on e.customer_id = s.customer_id and date_diff('day', e.loaded_at, s.prediction_time) between 0 and 30
group by all
-- case: date_diff of one day and more | clean
select s.customer_id, s.prediction_time, count(e.event_id) as n
from raw.spine s left join raw.events e
  on e.customer_id = s.customer_id and date_diff('day', e.loaded_at, s.prediction_time) between 1 and 30
group by all

-- case: date_diff the wrong way round | leak: n
select s.customer_id, s.prediction_time, count(e.event_id) as n
from raw.spine s left join raw.events e
  on e.customer_id = s.customer_id and date_diff('day', s.prediction_time, e.loaded_at) between 1 and 30
group by all
-- case: date_diff in months | clean
select s.customer_id, s.prediction_time, count(e.event_id) as n
from raw.spine s left join raw.events e
  on e.customer_id = s.customer_id and date_diff('month', e.loaded_at, s.prediction_time) >= 1
group by all

-- case: days between dates, zero included | leak: n
select s.customer_id, s.prediction_time, count(e.event_id) as n
from raw.spine s left join raw.events e
  on e.customer_id = s.customer_id and s.prediction_time::date - e.loaded_at::date >= 0
group by all
-- case: days between dates, from one | clean
select s.customer_id, s.prediction_time, count(e.event_id) as n
from raw.spine s left join raw.events e
  on e.customer_id = s.customer_id and s.prediction_time::date - e.loaded_at::date > 0
group by all

-- case: time between, as an interval, the wrong way | leak: n
select s.customer_id, s.prediction_time, count(e.event_id) as n
from raw.spine s left join raw.events e
  on e.customer_id = s.customer_id and e.loaded_at - s.prediction_time <= interval 1 hour
group by all
-- case: time between, as an interval | clean
select s.customer_id, s.prediction_time, count(e.event_id) as n
from raw.spine s left join raw.events e
  on e.customer_id = s.customer_id and s.prediction_time - e.loaded_at >= interval 0 days
group by all

-- case: months compared as text, this one included | leak: n
select s.customer_id, s.prediction_time, count(e.event_id) as n
from raw.spine s left join raw.events e
  on e.customer_id = s.customer_id and strftime(e.loaded_at, '%Y-%m') <= strftime(s.prediction_time, '%Y-%m')
group by all
-- case: months compared as text, this one left out | clean
select s.customer_id, s.prediction_time, count(e.event_id) as n
from raw.spine s left join raw.events e
  on e.customer_id = s.customer_id and strftime(e.loaded_at, '%Y-%m') < strftime(s.prediction_time, '%Y-%m')
group by all

-- case: epochs with an hour of grace | leak: n
select s.customer_id, s.prediction_time, count(e.event_id) as n
from raw.spine s left join raw.events e
  on e.customer_id = s.customer_id and epoch(e.loaded_at) <= epoch(s.prediction_time + interval 1 hour)
group by all
-- case: epochs | clean
select s.customer_id, s.prediction_time, count(e.event_id) as n
from raw.spine s left join raw.events e
  on e.customer_id = s.customer_id and epoch(e.loaded_at) <= epoch(s.prediction_time)
group by all

-- case: a time zone moves the cut | leak: n
select s.customer_id, s.prediction_time, count(v.visited_at) as n
from raw.spine s left join raw.visits v
  on v.customer_id = s.customer_id
 and v.visited_at at time zone 'America/New_York' <= s.prediction_time at time zone 'UTC' at time zone 'UTC'
group by all
-- case: a day of grace for time zones | clean
select s.customer_id, s.prediction_time, count(v.visited_at) as n
from raw.spine s left join raw.visits v
  on v.customer_id = s.customer_id and v.visited_at at time zone 'UTC' <= s.prediction_time - interval 1 day
group by all

-- case: an instant read in UTC against a wall clock of who knows where | leak: n
select s.customer_id, s.prediction_time, count(v.visited_at) as n
from raw.spine s left join raw.visits v
  on v.customer_id = s.customer_id and v.visited_at at time zone 'UTC' <= s.prediction_time
group by all
-- case: an instant against a wall clock, as the session reads it | clean
select s.customer_id, s.prediction_time, count(v.visited_at) as n
from raw.spine s left join raw.visits v
  on v.customer_id = s.customer_id and v.visited_at <= s.prediction_time
group by all

-- case: date plus integer days | leak: total
select s.customer_id, s.prediction_time, sum(f.amount) as total
from raw.spine s left join raw.feed f
  on f.customer_id = s.customer_id and f.loaded_at < s.prediction_time::date + 1
group by all
-- case: date minus integer days | clean
select s.customer_id, s.prediction_time, sum(f.amount) as total
from raw.spine s left join raw.feed f
  on f.customer_id = s.customer_id and f.loaded_at < s.prediction_time::date - 1
group by all

-- case: a clock read as a value | leak: days
select s.customer_id, s.prediction_time, date_diff('day', c.signup_ts, now()::timestamp) as days
from raw.spine s join raw.customers c on c.customer_id = s.customer_id and c.signup_ts <= s.prediction_time
-- case: the prediction time as a value | clean
select s.customer_id, s.prediction_time, date_diff('day', c.signup_ts, s.prediction_time) as days
from raw.spine s join raw.customers c on c.customer_id = s.customer_id and c.signup_ts <= s.prediction_time

-- case: a clock read as a bound | leak: n
select s.customer_id, s.prediction_time, count(e.event_id) as n
from raw.spine s left join raw.events e
  on e.customer_id = s.customer_id and e.loaded_at <= current_date
group by all
-- case: a clock read beside the bound | clean | except: n, (rows)
select s.customer_id, s.prediction_time, count(e.event_id) as n
from raw.spine s left join raw.events e
  on e.customer_id = s.customer_id and e.loaded_at <= s.prediction_time and e.loaded_at <= now()::timestamp
group by all
