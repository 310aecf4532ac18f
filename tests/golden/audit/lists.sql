-- Rows gathered in a list, and what is then kept or made of its elements.

-- case: kept to elements after the prediction time | leak: n
select s.customer_id, s.prediction_time, coalesce(len(list_filter(l.times, lambda t: t > s.prediction_time)), 0) as n
from raw.spine s
left join (select customer_id, list(loaded_at) as times from raw.events group by all) l on l.customer_id = s.customer_id
-- case: kept to elements before the prediction time | clean
select s.customer_id, s.prediction_time, coalesce(len(list_filter(l.times, lambda t: t <= s.prediction_time)), 0) as n
from raw.spine s
left join (select customer_id, list(loaded_at) as times from raw.events group by all) l on l.customer_id = s.customer_id

-- case: a list before the first event of a customer | leak: n
select s.customer_id, s.prediction_time, len(list_filter(l.times, lambda t: t <= s.prediction_time)) as n
from raw.spine s
left join (select customer_id, list(loaded_at) as times from raw.events group by all) l on l.customer_id = s.customer_id
-- case: the latest element that was known | clean
select s.customer_id, s.prediction_time, list_max(list_filter(l.times, lambda t: t <= s.prediction_time)) as latest
from raw.spine s
left join (select customer_id, list(loaded_at) as times from raw.events group by all) l on l.customer_id = s.customer_id

-- case: structs kept by when they happened | leak: spent
select s.customer_id, s.prediction_time,
  list_sum(list_transform(list_filter(l.events, lambda e: e.happened <= s.prediction_time), lambda e: e.amount)) as spent
from raw.spine s
left join (select customer_id, list({happened: event_ts, known: loaded_at, amount: amount}) as events
  from raw.events group by all) l on l.customer_id = s.customer_id
-- case: structs kept by when they were known | clean
select s.customer_id, s.prediction_time,
  list_sum(list_transform(list_filter(l.events, lambda e: e.known <= s.prediction_time), lambda e: e.amount)) as spent
from raw.spine s
left join (select customer_id, list({happened: event_ts, known: loaded_at, amount: amount}) as events
  from raw.events group by all) l on l.customer_id = s.customer_id

-- case: the first of an ordered list | leak: kind
select s.customer_id, s.prediction_time, l.kinds[1] as kind
from raw.spine s
left join (select customer_id, list(kind order by event_ts, event_id) as kinds from raw.events group by all) l
  on l.customer_id = s.customer_id
-- case: the first of an ordered list that was known | clean
select s.customer_id, s.prediction_time, list_filter(l.events, lambda e: e.known <= s.prediction_time)[1].kind as kind
from raw.spine s
left join (select customer_id, list({known: loaded_at, kind: kind} order by event_ts, event_id) as events
  from raw.events group by all) l on l.customer_id = s.customer_id

-- case: a comprehension by index | leak: first_two
select s.customer_id, s.prediction_time, list_filter(l.times, lambda t, i: i <= 2 and t <= s.prediction_time)[1] as first_two
from raw.spine s
left join (select customer_id, list(loaded_at order by event_ts, event_id) as times from raw.events group by all) l
  on l.customer_id = s.customer_id
-- case: a comprehension by element | clean
select s.customer_id, s.prediction_time, [t for t in l.times if t <= s.prediction_time][1] as earliest
from raw.spine s
left join (select customer_id, list(loaded_at order by loaded_at, event_id) as times from raw.events group by all) l
  on l.customer_id = s.customer_id

-- case: late elements made zero in a maximum | leak: most
select s.customer_id, s.prediction_time,
  list_max(list_transform(l.events, lambda e: case when e.known <= s.prediction_time then e.amount else 0 end)) as most
from raw.spine s
left join (select customer_id, list({known: loaded_at, amount: amount}) as events from raw.events group by all) l
  on l.customer_id = s.customer_id
-- case: late elements made NULL in a maximum | clean
select s.customer_id, s.prediction_time,
  list_max(list_transform(l.events, lambda e: case when e.known <= s.prediction_time then e.amount end)) as most
from raw.spine s
left join (select customer_id, list({known: loaded_at, amount: amount}) as events from raw.events group by all) l
  on l.customer_id = s.customer_id

-- case: a list of nothing and an empty one | leak: n
select s.customer_id, s.prediction_time, len(list_filter(l.times, lambda t: t <= s.prediction_time)) as n
from raw.spine s
join (select customer_id, min(loaded_at) as seen, list(loaded_at) filter (where kind = 'a') as times from raw.events group by all) l
  on l.customer_id = s.customer_id and l.seen <= s.prediction_time
-- case: a list of nothing as an empty one | clean
select s.customer_id, s.prediction_time, coalesce(len(list_filter(l.times, lambda t: t <= s.prediction_time)), 0) as n
from raw.spine s, lateral (select list(e.loaded_at) as times from raw.events e where e.customer_id = s.customer_id) l

-- case: a clock within a lambda | leak: days
select s.customer_id, s.prediction_time,
  list_transform([s.prediction_time], lambda t: date_diff('day', t, now()::timestamp)) as days from raw.spine s
-- case: the prediction time within a lambda | clean
select s.customer_id, s.prediction_time,
  list_transform([timestamp '2024-01-01'], lambda t: date_diff('day', t, s.prediction_time)) as days from raw.spine s
