-- case: year, then month, this one included | leak: n
select s.customer_id, s.prediction_time, count(e.event_id) as n
from raw.spine s left join raw.events e on e.customer_id = s.customer_id
  and (year(e.loaded_at) < year(s.prediction_time)
    or (year(e.loaded_at) = year(s.prediction_time) and month(e.loaded_at) <= month(s.prediction_time)))
group by all

-- case: year, then month, this one left out | clean
select s.customer_id, s.prediction_time, count(e.event_id) as n
from raw.spine s left join raw.events e on e.customer_id = s.customer_id
  and (year(e.loaded_at) < year(s.prediction_time)
    or (year(e.loaded_at) = year(s.prediction_time) and month(e.loaded_at) < month(s.prediction_time)))
group by all

-- case: months without their years | leak: n
select s.customer_id, s.prediction_time, count(e.event_id) as n
from raw.spine s left join raw.events e on e.customer_id = s.customer_id and month(e.loaded_at) < month(s.prediction_time)
group by all

-- case: months of the same year | clean
select s.customer_id, s.prediction_time, count(e.event_id) as n
from raw.spine s left join raw.events e on e.customer_id = s.customer_id
  and month(e.loaded_at) < month(s.prediction_time) and year(e.loaded_at) = year(s.prediction_time)
group by all

-- case: months counted through, this one included | leak: n
select s.customer_id, s.prediction_time, count(e.event_id) as n
from raw.spine s left join raw.events e on e.customer_id = s.customer_id
  and year(e.loaded_at) * 12 + month(e.loaded_at) <= year(s.prediction_time) * 12 + month(s.prediction_time)
group by all

-- case: months counted through | clean
select s.customer_id, s.prediction_time, count(e.event_id) as n
from raw.spine s left join raw.events e on e.customer_id = s.customer_id
  and year(e.loaded_at) * 12 + month(e.loaded_at) < year(s.prediction_time) * 12 + month(s.prediction_time)
group by all

-- case: a factor that lets years overlap | leak: n
select s.customer_id, s.prediction_time, count(e.event_id) as n
from raw.spine s left join raw.events e on e.customer_id = s.customer_id
  and year(e.loaded_at) * 3 + month(e.loaded_at) < year(s.prediction_time) * 3 + month(s.prediction_time)
group by all

-- case: year and month as one number | clean
select s.customer_id, s.prediction_time, count(e.event_id) as n
from raw.spine s left join raw.events e on e.customer_id = s.customer_id
  and year(e.loaded_at) * 100 + month(e.loaded_at) < year(s.prediction_time) * 100 + month(s.prediction_time)
group by all

-- case: the first of the next month | leak: n
select s.customer_id, s.prediction_time, count(e.event_id) as n
from raw.spine s left join raw.events e on e.customer_id = s.customer_id
  and e.loaded_at < make_date(year(s.prediction_time), month(s.prediction_time), 1) + interval 1 month
group by all

-- case: the first of the month | clean
select s.customer_id, s.prediction_time, count(e.event_id) as n
from raw.spine s left join raw.events e on e.customer_id = s.customer_id
  and e.loaded_at < make_date(year(s.prediction_time), month(s.prediction_time), 1)
group by all

-- case: the last day of the month before, a day late | leak: n
select s.customer_id, s.prediction_time, count(e.event_id) as n
from raw.spine s left join raw.events e on e.customer_id = s.customer_id
  and e.loaded_at::date <= last_day(s.prediction_time - interval 1 month) + 1
group by all

-- case: the last day of the month before | clean
select s.customer_id, s.prediction_time, count(e.event_id) as n
from raw.spine s left join raw.events e on e.customer_id = s.customer_id
  and e.loaded_at::date <= last_day(s.prediction_time - interval 1 month)
group by all

-- case: a spine of the months that events arrived in | leak: (rows)
select distinct customer_id, date_trunc('month', loaded_at) as prediction_time from raw.events

-- case: a spine of the months after | clean
select distinct customer_id, date_trunc('month', loaded_at) + interval 1 month as prediction_time from raw.events

-- case: a spine of the quarters, a month later | leak: (rows)
select distinct customer_id, date_trunc('quarter', loaded_at) + interval 1 month as prediction_time from raw.events

-- case: a spine of the quarters after | clean
select distinct customer_id, date_trunc('quarter', loaded_at) + interval 3 months as prediction_time from raw.events

-- case: seconds of a difference, a minute of grace | leak: n
select s.customer_id, s.prediction_time, count(e.event_id) as n
from raw.spine s left join raw.events e on e.customer_id = s.customer_id
  and extract(epoch from (s.prediction_time - e.loaded_at)) >= -60
group by all

-- case: seconds of a difference, none of grace | clean
select s.customer_id, s.prediction_time, count(e.event_id) as n
from raw.spine s left join raw.events e on e.customer_id = s.customer_id
  and extract(epoch from (s.prediction_time - e.loaded_at)) >= 0
group by all

-- case: a difference of epochs, a second of grace | leak: n
select s.customer_id, s.prediction_time, count(e.event_id) as n
from raw.spine s left join raw.events e on e.customer_id = s.customer_id
  and epoch(s.prediction_time) - epoch(e.loaded_at) > -1
group by all

-- case: a difference of epochs | clean
select s.customer_id, s.prediction_time, count(e.event_id) as n
from raw.spine s left join raw.events e on e.customer_id = s.customer_id
  and epoch(s.prediction_time) - epoch(e.loaded_at) between 0 and 2592000
group by all

-- case: whole days of a difference, none of them | leak: n
select s.customer_id, s.prediction_time, count(e.event_id) as n
from raw.spine s left join raw.events e on e.customer_id = s.customer_id
  and date_part('day', s.prediction_time - e.loaded_at) >= 0
group by all

-- case: whole days of a difference, one at least | clean
select s.customer_id, s.prediction_time, count(e.event_id) as n
from raw.spine s left join raw.events e on e.customer_id = s.customer_id
  and date_part('day', s.prediction_time - e.loaded_at) >= 1
group by all

-- case: months as numbers of six digits, this one included | leak: n
select s.customer_id, s.prediction_time, count(e.event_id) as n
from raw.spine s left join raw.events e on e.customer_id = s.customer_id
  and cast(strftime(e.loaded_at, '%Y%m') as integer) <= cast(strftime(s.prediction_time, '%Y%m') as integer)
group by all

-- case: months as numbers of six digits | clean
select s.customer_id, s.prediction_time, count(e.event_id) as n
from raw.spine s left join raw.events e on e.customer_id = s.customer_id
  and cast(strftime(e.loaded_at, '%Y%m') as integer) < cast(strftime(s.prediction_time, '%Y%m') as integer)
group by all

-- case: dates as text, this one included | leak: n
select s.customer_id, s.prediction_time, count(e.event_id) as n
from raw.spine s left join raw.events e on e.customer_id = s.customer_id
  and e.loaded_at::date::varchar <= s.prediction_time::date::varchar
group by all

-- case: dates as text | clean
select s.customer_id, s.prediction_time, count(e.event_id) as n
from raw.spine s left join raw.events e on e.customer_id = s.customer_id
  and e.loaded_at::date::varchar < s.prediction_time::date::varchar
group by all
