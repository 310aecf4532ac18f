-- Leaks in models further up, and how they are inlined.

-- case: a leak one model upstream | leak: n
-- model: daily
select customer_id, event_ts::date as day, count(*) as n, max(event_ts) as last_ts from raw.events group by all
-- gold
select s.customer_id, s.prediction_time, sum(d.n) as n
from raw.spine s left join main.daily d on d.customer_id = s.customer_id and d.day < s.prediction_time::date
group by all
-- case: upstream keeps the arrival | clean
-- model: daily
select customer_id, event_ts::date as day, loaded_at, count(*) as n from raw.events group by all
-- gold
select s.customer_id, s.prediction_time, sum(d.n) as n
from raw.spine s left join main.daily d on d.customer_id = s.customer_id and d.loaded_at <= s.prediction_time
group by all

-- case: the latest arrival of a day is not every row's | leak: n
-- model: daily
select customer_id, event_ts::date as day, min(loaded_at) as loaded_at, count(*) as n from raw.events group by all
-- gold
select s.customer_id, s.prediction_time, sum(d.n) as n
from raw.spine s left join main.daily d on d.customer_id = s.customer_id and d.loaded_at <= s.prediction_time
group by all
-- case: only whole days by their arrivals | clean
-- model: clean_events
select event_id, customer_id, event_ts, loaded_at, coalesce(kind, 'other') as kind, amount from raw.events where amount > 0
-- model: events_by_day
select customer_id, date_trunc('day', loaded_at) as day, kind, count(*) as n from main.clean_events group by all
-- gold
select s.customer_id, s.prediction_time, sum(d.n) filter (where d.kind = 'login') as logins
from raw.spine s left join main.events_by_day d
  on d.customer_id = s.customer_id and d.day + interval 1 day <= s.prediction_time
group by all

-- case: deduplicated upstream without a bound | leak: severity
-- model: tickets
select * from raw.tickets qualify row_number() over (partition by customer_id, opened_at order by loaded_at desc) = 1
-- gold
select s.customer_id, s.prediction_time, max(t.severity) as severity
from raw.spine s left join main.tickets t on t.customer_id = s.customer_id and t.loaded_at <= s.prediction_time
group by all
-- case: deduplicated upstream by first arrival | clean
-- model: tickets
select * from raw.tickets qualify row_number() over (partition by customer_id, opened_at order by loaded_at, ticket_id) = 1
-- gold
select s.customer_id, s.prediction_time, max(t.severity) as severity
from raw.spine s left join main.tickets t on t.customer_id = s.customer_id and t.loaded_at <= s.prediction_time
group by all

-- case: features in models of their own, one leaks | leak: n_tickets
-- model: f_events
select s.customer_id, s.prediction_time, count(e.event_id) as n_events
from raw.spine s left join raw.events e on e.customer_id = s.customer_id and e.loaded_at <= s.prediction_time group by all
-- model: f_tickets
select s.customer_id, s.prediction_time, count(t.ticket_id) as n_tickets
from raw.spine s left join raw.tickets t on t.customer_id = s.customer_id and t.opened_at <= s.prediction_time group by all
-- gold
select s.customer_id, s.prediction_time, e.n_events, t.n_tickets
from raw.spine s left join main.f_events e using (customer_id, prediction_time)
left join main.f_tickets t using (customer_id, prediction_time)
-- case: features in models of their own | clean
-- model: f_events
select s.customer_id, s.prediction_time, count(e.event_id) as n_events
from raw.spine s left join raw.events e on e.customer_id = s.customer_id and e.loaded_at <= s.prediction_time group by all
-- model: f_tickets
select s.customer_id, s.prediction_time, count(t.ticket_id) as n_tickets
from raw.spine s left join raw.tickets t on t.customer_id = s.customer_id and t.loaded_at <= s.prediction_time group by all
-- gold
select s.customer_id, s.prediction_time, e.n_events, t.n_tickets
from raw.spine s left join main.f_events e using (customer_id, prediction_time)
left join main.f_tickets t using (customer_id, prediction_time)

-- case: history closed by LEAD, its last version missing | leak: plan
-- model: versions
select customer_id, plan, recorded_at, lead(recorded_at) over (partition by customer_id order by recorded_at) as replaced_at
from raw.plan_history
-- gold
select s.customer_id, s.prediction_time, max(v.plan) as plan
from raw.spine s left join main.versions v on v.customer_id = s.customer_id
  and v.recorded_at <= s.prediction_time and v.replaced_at > s.prediction_time
group by all

-- case: history closed by LEAD | clean
-- model: versions
select customer_id, plan, recorded_at, lead(recorded_at) over (partition by customer_id order by recorded_at) as replaced_at
from raw.plan_history
-- gold
select s.customer_id, s.prediction_time, max(v.plan) as plan
from raw.spine s left join main.versions v on v.customer_id = s.customer_id
  and v.recorded_at <= s.prediction_time and (v.replaced_at is null or v.replaced_at > s.prediction_time)
group by all

-- case: history closed by LEAD of another time | leak: plan
-- model: versions
select customer_id, plan, recorded_at, lead(valid_from) over (partition by customer_id order by recorded_at) as replaced_at
from raw.plan_history
-- gold
select s.customer_id, s.prediction_time, max(v.plan) as plan
from raw.spine s left join main.versions v on v.customer_id = s.customer_id
  and v.recorded_at <= s.prediction_time and (v.replaced_at is null or v.replaced_at > s.prediction_time)
group by all

-- case: history closed by LAG of what comes first | clean
-- model: versions
select customer_id, plan, recorded_at,
  coalesce(lag(recorded_at) over (partition by customer_id order by recorded_at desc), timestamp '2199-01-01') as replaced_at
from raw.plan_history
-- gold
select s.customer_id, s.prediction_time, max(v.plan) as plan
from raw.spine s left join main.versions v on v.customer_id = s.customer_id
  and v.recorded_at <= s.prediction_time and s.prediction_time < v.replaced_at
group by all

-- case: whether anything arrived, ever | leak: has_arrived
-- model: arrivals
select customer_id, min(loaded_at) as first_loaded from raw.events group by customer_id
-- gold
select s.customer_id, s.prediction_time, a.first_loaded is not null as has_arrived
from raw.spine s left join main.arrivals a using (customer_id)

-- case: whether anything had arrived by then | clean
-- model: arrivals
select customer_id, min(loaded_at) as first_loaded from raw.events group by customer_id
-- gold
select s.customer_id, s.prediction_time, coalesce(a.first_loaded <= s.prediction_time, false) as has_arrived,
  case when a.first_loaded <= s.prediction_time then date_diff('day', a.first_loaded, s.prediction_time) end as days_since
from raw.spine s left join main.arrivals a using (customer_id)

-- case: whether the last one had arrived by then | leak: settled
-- model: arrivals
select customer_id, max(loaded_at) as last_loaded from raw.events group by customer_id
-- gold
select s.customer_id, s.prediction_time, coalesce(a.last_loaded <= s.prediction_time, false) as settled
from raw.spine s left join main.arrivals a using (customer_id)

-- case: whether one of a group arrived early, by the smallest of the group | clean
-- model: arrivals
select customer_id, kind, min(loaded_at) as first_loaded from raw.events group by customer_id, kind
-- gold
select s.customer_id, s.prediction_time, count(a.kind) filter (where a.first_loaded <= s.prediction_time) as kinds
from raw.spine s left join main.arrivals a using (customer_id) group by all
