-- Whole queries, one a line.
select s.customer_id, s.prediction_time - interval 1 day as prediction_time, count(e.event_id) as v from raw.spine s left join raw.events e on e.customer_id = s.customer_id and e.loaded_at <= s.prediction_time group by all
select s.customer_id, s.prediction_time::date as prediction_time, count(e.event_id) as v from raw.spine s left join raw.events e on e.customer_id = s.customer_id and e.loaded_at <= s.prediction_time group by all
select s.customer_id, date_trunc('month', s.prediction_time) as prediction_time, count(e.event_id) as v from raw.spine s left join raw.events e on e.customer_id = s.customer_id and e.loaded_at <= s.prediction_time group by all
select s.customer_id, date_trunc('month', s.prediction_time) + interval 1 month as prediction_time, count(e.event_id) as v from raw.spine s left join raw.events e on e.customer_id = s.customer_id and e.loaded_at <= s.prediction_time group by all
select s.customer_id, max(s.prediction_time) as prediction_time, count(e.event_id) as v from raw.spine s left join raw.events e on e.customer_id = s.customer_id and e.loaded_at <= s.prediction_time group by s.customer_id
select s.customer_id, min(s.prediction_time) as prediction_time, count(e.event_id) as v from raw.spine s left join raw.events e on e.customer_id = s.customer_id and e.loaded_at <= s.prediction_time group by s.customer_id
select e.customer_id, max(e.loaded_at) as prediction_time, count(*) as v from raw.events e group by e.customer_id
select e.customer_id, e.loaded_at as prediction_time, first_value(e.kind) over (partition by e.customer_id order by e.loaded_at desc rows between 1 following and unbounded following) as v from raw.events e
select e.customer_id, e.loaded_at as prediction_time, first_value(e.kind) over (partition by e.customer_id order by e.loaded_at desc rows between unbounded preceding and 1 preceding) as v from raw.events e
select e.customer_id, e.loaded_at as prediction_time, last_value(e.kind) over (partition by e.customer_id order by e.loaded_at) as v from raw.events e
select e.customer_id, e.loaded_at as prediction_time, nth_value(e.kind, 2) over (partition by e.customer_id order by e.loaded_at) as v from raw.events e
select e.customer_id, e.loaded_at as prediction_time, sum(e.amount) over (partition by e.customer_id order by e.loaded_at range between interval 1 month preceding and current row) as v from raw.events e
select e.customer_id, e.loaded_at as prediction_time, sum(e.amount) over (partition by e.customer_id order by e.loaded_at desc range between interval 1 month preceding and current row) as v from raw.events e
select e.customer_id, e.loaded_at as prediction_time, sum(e.amount) over (partition by e.customer_id order by e.loaded_at desc range between current row and interval 1 month following) as v from raw.events e
select e.customer_id, e.loaded_at as prediction_time, sum(e.amount) over (partition by e.customer_id order by e.loaded_at desc range between interval 1 month following and unbounded following) as v from raw.events e
select e.customer_id, e.loaded_at as prediction_time, sum(e.amount) over (partition by e.customer_id order by date_trunc('day', e.loaded_at)) as v from raw.events e
select e.customer_id, e.loaded_at as prediction_time, sum(e.amount) over (partition by e.customer_id order by date_trunc('day', e.loaded_at) rows between unbounded preceding and current row) as v from raw.events e
select e.customer_id, e.loaded_at as prediction_time, sum(e.amount) over (partition by e.customer_id order by date_trunc('day', e.loaded_at) groups between unbounded preceding and 1 preceding) as v from raw.events e
select e.customer_id, e.loaded_at as prediction_time, sum(e.amount) over (partition by e.customer_id order by e.loaded_at::date range between unbounded preceding and interval 1 day preceding) as v from raw.events e
select e.customer_id, e.loaded_at as prediction_time, sum(e.amount) over (partition by e.customer_id order by -epoch(e.loaded_at)) as v from raw.events e
select e.customer_id, e.loaded_at as prediction_time, sum(e.amount) over (partition by e.customer_id order by e.kind, e.loaded_at) as v from raw.events e
select e.customer_id, e.loaded_at as prediction_time, sum(e.amount) over (partition by e.customer_id, e.kind order by e.loaded_at, e.event_id rows between 2 preceding and current row) as v from raw.events e
select e.customer_id, e.loaded_at as prediction_time, row_number() over (partition by e.customer_id order by e.loaded_at) as v from raw.events e
select e.customer_id, e.loaded_at as prediction_time, row_number() over (partition by e.customer_id order by e.loaded_at desc) as v from raw.events e
select e.customer_id, e.loaded_at as prediction_time, dense_rank() over (partition by e.customer_id order by e.loaded_at) as v from raw.events e
select e.customer_id, e.loaded_at as prediction_time, count(*) over (partition by e.customer_id order by e.loaded_at range between unbounded preceding and current row exclude current row) as v from raw.events e
select f.customer_id, f.loaded_at as prediction_time, count(*) over (partition by f.customer_id order by f.loaded_at) as v from raw.feed f
select f.customer_id, f.loaded_at as prediction_time, count(*) over (partition by f.customer_id order by f.loaded_at nulls first) as v from raw.feed f
select f.customer_id, f.loaded_at as prediction_time, lag(f.quantity) over (partition by f.customer_id order by f.loaded_at nulls first) as v from raw.feed f
select f.customer_id, f.loaded_at as prediction_time, lag(f.quantity ignore nulls) over (partition by f.customer_id order by f.loaded_at) as v from raw.feed f where f.loaded_at is not null
select s.customer_id, s.prediction_time, (select e.kind from raw.events e where e.customer_id = s.customer_id order by e.loaded_at limit 1) as v from raw.spine s
select s.customer_id, s.prediction_time, (select e.kind from raw.events e where e.customer_id = s.customer_id and e.loaded_at <= s.prediction_time order by e.event_ts limit 1 offset 1) as v from raw.spine s
select s.customer_id, s.prediction_time, (select e.kind from raw.events e where e.customer_id = s.customer_id and e.loaded_at <= s.prediction_time order by e.event_ts, e.event_id limit (select count(*) from raw.events)) as v from raw.spine s
select s.customer_id, s.prediction_time, x.kind as v from raw.spine s left join lateral (select e.kind from raw.events e where e.customer_id = s.customer_id order by abs(epoch(e.loaded_at) - epoch(s.prediction_time)) limit 1) x on true
select s.customer_id, s.prediction_time, e.kind as v from raw.spine s asof left join raw.events e on e.customer_id = s.customer_id and s.prediction_time <= e.loaded_at
select s.customer_id, s.prediction_time, e.kind as v from raw.spine s asof left join raw.events e on e.customer_id = s.customer_id and s.prediction_time < e.loaded_at
select s.customer_id, s.prediction_time, e.kind as v from raw.spine s asof left join raw.events e on e.customer_id = s.customer_id and s.prediction_time >= e.event_ts
select s.customer_id, s.prediction_time, e.kind as v from raw.spine s asof left join (select * from raw.events where loaded_at <= event_ts) e on e.customer_id = s.customer_id and s.prediction_time >= e.event_ts
select e.customer_id, e.loaded_at as prediction_time, s.churned as v from raw.events e asof left join raw.spine s on s.customer_id = e.customer_id and e.loaded_at >= s.prediction_time
select e.customer_id, e.loaded_at as prediction_time, s.churned as v from raw.events e asof left join raw.spine s on s.customer_id = e.customer_id and e.loaded_at >= s.label_time
select e.customer_id, e.loaded_at as prediction_time, s.churned as v from raw.events e asof left join (select * from raw.spine where churned is not null) s on s.customer_id = e.customer_id and e.loaded_at >= s.prediction_time + interval 30 day
select s.customer_id, s.prediction_time, t.owner as v from raw.spine s left join raw.tickets t on t.customer_id = s.customer_id and t.loaded_at <= s.prediction_time and t.closed_at <= s.prediction_time
select s.customer_id, s.prediction_time, count(t.closed_at) as v from raw.spine s left join raw.tickets t on t.customer_id = s.customer_id and t.loaded_at <= s.prediction_time group by all
select s.customer_id, s.prediction_time, count(case when t.closed_at <= s.prediction_time then 1 end) as v from raw.spine s left join raw.tickets t on t.customer_id = s.customer_id and t.loaded_at <= s.prediction_time group by all
select s.customer_id, s.prediction_time, count(case when t.closed_at > s.prediction_time or t.closed_at is null then 1 end) as v from raw.spine s left join raw.tickets t on t.customer_id = s.customer_id and t.loaded_at <= s.prediction_time group by all
select s.customer_id, s.prediction_time, count(case when t.closed_at > s.prediction_time then 1 end) as v from raw.spine s left join raw.tickets t on t.customer_id = s.customer_id and t.loaded_at <= s.prediction_time group by all
select s.customer_id, s.prediction_time, max(coalesce(t.closed_at, s.prediction_time)) as v from raw.spine s left join raw.tickets t on t.customer_id = s.customer_id and t.loaded_at <= s.prediction_time group by all
select s.customer_id, s.prediction_time, max(least(t.closed_at, s.prediction_time)) as v from raw.spine s left join raw.tickets t on t.customer_id = s.customer_id and t.loaded_at <= s.prediction_time group by all
select s.customer_id, s.prediction_time, max(coalesce(least(t.closed_at, s.prediction_time), s.prediction_time)) as v from raw.spine s left join raw.tickets t on t.customer_id = s.customer_id and t.loaded_at <= s.prediction_time group by all
select s.customer_id, s.prediction_time, sum(date_diff('hour', t.opened_at, coalesce(t.closed_at, s.prediction_time))) as v from raw.spine s left join raw.tickets t on t.customer_id = s.customer_id and t.loaded_at <= s.prediction_time group by all
select customer_id, prediction_time, count(*) as v from (select customer_id, prediction_time from raw.spine union select customer_id, loaded_at from raw.events) group by all
select customer_id, prediction_time, 1 as v from raw.spine except select customer_id, loaded_at, 1 from raw.events
select customer_id, prediction_time, 1 as v from raw.spine except select customer_id, event_ts, 1 from raw.events
select customer_id, prediction_time, 1 as v from raw.spine intersect select customer_id, event_ts, 1 from raw.events
select customer_id, prediction_time, 1 as v from raw.spine intersect select customer_id, loaded_at, 1 from raw.events
select s.customer_id, s.prediction_time, count(*) as v from raw.spine s join raw.spine t on t.customer_id = s.customer_id and t.prediction_time <= s.prediction_time group by all
select s.customer_id, s.prediction_time, count(t.churned) as v from raw.spine s join raw.spine t on t.customer_id = s.customer_id and t.label_time <= s.prediction_time group by all
select s.customer_id, s.prediction_time, count(t.churned) as v from raw.spine s join raw.spine t on t.customer_id = s.customer_id and t.prediction_time + interval '30 days' <= s.prediction_time group by all
select s.customer_id, s.prediction_time, count(t.churned) as v from raw.spine s join raw.spine t on t.customer_id = s.customer_id and t.prediction_time + interval '1 month' <= s.prediction_time group by all
select s.customer_id, s.prediction_time, sum(t.churned) over (partition by t.customer_id order by t.prediction_time rows between unbounded preceding and 1 preceding) as v from raw.spine s join raw.spine t using (customer_id, prediction_time)
select s.customer_id, s.prediction_time, lag(s.churned, 2) over (partition by s.customer_id order by s.prediction_time) as v from raw.spine s
select s.customer_id, s.prediction_time, v.n as v from raw.spine s left join (select customer_id, date_trunc('month', loaded_at) as m, count(*) as n from raw.events group by all) v on v.customer_id = s.customer_id and v.m < date_trunc('month', s.prediction_time)
select s.customer_id, s.prediction_time, v.n as v from raw.spine s left join (select customer_id, date_trunc('month', loaded_at) as m, count(*) as n from raw.events group by all) v on v.customer_id = s.customer_id and v.m = date_trunc('month', s.prediction_time) - interval 1 month
select s.customer_id, s.prediction_time, v.n as v from raw.spine s left join (select customer_id, date_trunc('month', loaded_at) as m, count(*) as n from raw.events group by all) v on v.customer_id = s.customer_id and v.m = date_trunc('month', s.prediction_time - interval 1 month)
select s.customer_id, s.prediction_time, v.n as v from raw.spine s left join (select customer_id, date_trunc('month', loaded_at) as m, count(*) as n from raw.events group by all) v on v.customer_id = s.customer_id and v.m = date_trunc('month', s.prediction_time - interval 28 day)
select s.customer_id, s.prediction_time, v.n as v from raw.spine s left join (select customer_id, date_trunc('month', loaded_at) as m, count(*) as n from raw.events group by all) v on v.customer_id = s.customer_id and v.m + interval 30 day <= s.prediction_time
select s.customer_id, s.prediction_time, v.n as v from raw.spine s left join (select customer_id, max(loaded_at) as m, count(*) as n from raw.events group by all) v on v.customer_id = s.customer_id and v.m <= s.prediction_time
select s.customer_id, s.prediction_time, v.n as v from raw.spine s left join (select customer_id, loaded_at as m, count(*) over (partition by customer_id order by loaded_at) as n from raw.events) v on v.customer_id = s.customer_id and v.m <= s.prediction_time
