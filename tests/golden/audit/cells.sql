-- Rows summed up to cells of days before they meet the prediction times of a calendar.

-- case: cells known by their first use alone | leak: spent
with times as (select * from (values (timestamp '2024-02-01'), (timestamp '2024-03-01'), (timestamp '2024-04-01')) as t(p)),
cell_list as (select * from (values
  (date '2023-12-03', date '2024-01-01', timestamp '2024-02-01'), (date '2024-01-01', date '2024-02-01', timestamp '2024-02-01'),
  (date '2024-02-01', date '2024-03-01', timestamp '2024-03-01'), (date '2024-03-01', date '2024-04-01', timestamp '2024-04-01')
) as l(since, until, first_use)),
days as (select n.day, c.* from (select (timestamp '2023-12-03' + to_days(r.n::integer))::date as day from range(0, 120) as r(n)) n
  join cell_list c on n.day >= c.since and n.day < c.until),
cells as materialized (select e.customer_id, c.since, c.until, c.first_use as known_by, sum(e.amount) as amount
  from raw.events e join days c on c.day = e.event_ts::date group by e.customer_id, c.since, c.until, c.first_use),
ring as (select c.customer_id, t.p, sum(c.amount) as spent
  from cells c join (select l.since, l.until, t.p from cell_list l join times t on l.since >= t.p - interval 60 day and l.until <= t.p) t
    on t.since = c.since and t.until = c.until and c.known_by <= t.p group by all)
select s.customer_id, s.prediction_time, r.spent from raw.spine s
left join ring r on r.customer_id = s.customer_id and r.p = s.prediction_time

-- case: cells known by their first use or their rows, whatever is later | clean
with times as (select * from (values (timestamp '2024-02-01'), (timestamp '2024-03-01'), (timestamp '2024-04-01')) as t(p)),
cell_list as (select * from (values
  (date '2023-12-03', date '2024-01-01', timestamp '2024-02-01'), (date '2024-01-01', date '2024-02-01', timestamp '2024-02-01'),
  (date '2024-02-01', date '2024-03-01', timestamp '2024-03-01'), (date '2024-03-01', date '2024-04-01', timestamp '2024-04-01')
) as l(since, until, first_use)),
days as (select n.day, c.* from (select (timestamp '2023-12-03' + to_days(r.n::integer))::date as day from range(0, 120) as r(n)) n
  join cell_list c on n.day >= c.since and n.day < c.until),
cells as materialized (select e.customer_id, c.since, c.until, greatest(c.first_use, e.loaded_at) as known_by, sum(e.amount) as amount
  from raw.events e join days c on c.day = e.event_ts::date group by e.customer_id, c.since, c.until, greatest(c.first_use, e.loaded_at)),
ring as (select c.customer_id, t.p, sum(c.amount) as spent
  from cells c join (select l.since, l.until, t.p from cell_list l join times t on l.since >= t.p - interval 60 day and l.until <= t.p) t
    on t.since = c.since and t.until = c.until and c.known_by <= t.p group by all)
select s.customer_id, s.prediction_time, r.spent from raw.spine s
left join ring r on r.customer_id = s.customer_id and r.p = s.prediction_time

-- case: cells known by whatever is sooner | leak: spent
with times as (select * from (values (timestamp '2024-02-01'), (timestamp '2024-03-01'), (timestamp '2024-04-01')) as t(p)),
cell_list as (select * from (values
  (date '2023-12-03', date '2024-01-01', timestamp '2024-02-01'), (date '2024-01-01', date '2024-02-01', timestamp '2024-02-01'),
  (date '2024-02-01', date '2024-03-01', timestamp '2024-03-01'), (date '2024-03-01', date '2024-04-01', timestamp '2024-04-01')
) as l(since, until, first_use)),
days as (select n.day, c.* from (select (timestamp '2023-12-03' + to_days(r.n::integer))::date as day from range(0, 120) as r(n)) n
  join cell_list c on n.day >= c.since and n.day < c.until),
cells as materialized (select e.customer_id, c.since, c.until, least(c.first_use, e.loaded_at) as known_by, sum(e.amount) as amount
  from raw.events e join days c on c.day = e.event_ts::date group by e.customer_id, c.since, c.until, least(c.first_use, e.loaded_at)),
ring as (select c.customer_id, t.p, sum(c.amount) as spent
  from cells c join (select l.since, l.until, t.p from cell_list l join times t on l.since >= t.p - interval 60 day and l.until <= t.p) t
    on t.since = c.since and t.until = c.until and c.known_by <= t.p group by all)
select s.customer_id, s.prediction_time, r.spent from raw.spine s
left join ring r on r.customer_id = s.customer_id and r.p = s.prediction_time

-- case: cells by the day their rows were known | clean
with times as (select * from (values (timestamp '2024-02-01'), (timestamp '2024-03-01'), (timestamp '2024-04-01')) as t(p)),
cell_list as (select * from (values
  (date '2023-12-03', date '2024-01-01', timestamp '2024-02-01'), (date '2024-01-01', date '2024-02-01', timestamp '2024-02-01'),
  (date '2024-02-01', date '2024-03-01', timestamp '2024-03-01'), (date '2024-03-01', date '2024-04-01', timestamp '2024-04-01')
) as l(since, until, first_use)),
days as (select n.day, c.* from (select (timestamp '2023-12-03' + to_days(r.n::integer))::date as day from range(0, 120) as r(n)) n
  join cell_list c on n.day >= c.since and n.day < c.until),
cells as materialized (select e.customer_id, c.since, c.until, greatest(c.first_use, e.loaded_at) as known_by, sum(e.amount) as amount
  from raw.events e join days c on c.day = e.loaded_at::date group by e.customer_id, c.since, c.until, greatest(c.first_use, e.loaded_at)),
ring as (select c.customer_id, t.p, sum(c.amount) as spent
  from cells c join (select l.since, l.until, t.p from cell_list l join times t on l.since >= t.p - interval 60 day and l.until <= t.p) t
    on t.since = c.since and t.until = c.until and c.known_by <= t.p group by all)
select s.customer_id, s.prediction_time, r.spent from raw.spine s
left join ring r on r.customer_id = s.customer_id and r.p = s.prediction_time

-- case: cells known by when their rows happened | leak: spent
with times as (select * from (values (timestamp '2024-02-01'), (timestamp '2024-03-01'), (timestamp '2024-04-01')) as t(p)),
cell_list as (select * from (values
  (date '2023-12-03', date '2024-01-01', timestamp '2024-02-01'), (date '2024-01-01', date '2024-02-01', timestamp '2024-02-01'),
  (date '2024-02-01', date '2024-03-01', timestamp '2024-03-01'), (date '2024-03-01', date '2024-04-01', timestamp '2024-04-01')
) as l(since, until, first_use)),
days as (select n.day, c.* from (select (timestamp '2023-12-03' + to_days(r.n::integer))::date as day from range(0, 120) as r(n)) n
  join cell_list c on n.day >= c.since and n.day < c.until),
cells as materialized (select e.customer_id, c.since, c.until, greatest(c.first_use, e.event_ts) as known_by, sum(e.amount) as amount
  from raw.events e join days c on c.day = e.event_ts::date group by e.customer_id, c.since, c.until, greatest(c.first_use, e.event_ts)),
ring as (select c.customer_id, t.p, sum(c.amount) as spent
  from cells c join (select l.since, l.until, t.p from cell_list l join times t on l.since >= t.p - interval 60 day and l.until <= t.p) t
    on t.since = c.since and t.until = c.until and c.known_by <= t.p group by all)
select s.customer_id, s.prediction_time, r.spent from raw.spine s
left join ring r on r.customer_id = s.customer_id and r.p = s.prediction_time

-- case: deviations of cells | clean
with times as (select * from (values (timestamp '2024-02-01'), (timestamp '2024-03-01'), (timestamp '2024-04-01')) as t(p)),
cell_list as (select * from (values
  (date '2023-12-03', date '2024-01-01', timestamp '2024-02-01'), (date '2024-01-01', date '2024-02-01', timestamp '2024-02-01'),
  (date '2024-02-01', date '2024-03-01', timestamp '2024-03-01'), (date '2024-03-01', date '2024-04-01', timestamp '2024-04-01')
) as l(since, until, first_use)),
days as (select n.day, c.* from (select (timestamp '2023-12-03' + to_days(r.n::integer))::date as day from range(0, 120) as r(n)) n
  join cell_list c on n.day >= c.since and n.day < c.until),
cells as materialized (select e.customer_id, c.since, c.until, greatest(c.first_use, e.loaded_at) as known_by, var_pop(e.amount) * count(e.amount) as squares, sum(e.amount) as total, count(e.amount) as n, avg(e.amount) as mean
  from raw.events e join days c on c.day = e.event_ts::date group by e.customer_id, c.since, c.until, greatest(c.first_use, e.loaded_at)),
ring as (select c.customer_id, t.p, sum(c.squares) + greatest(regr_sxy(c.total, c.mean) - sum(c.total) / nullif(sum(c.n), 0) * regr_sxy(c.n, c.mean), 0) as spent
  from cells c join (select l.since, l.until, t.p from cell_list l join times t on l.since >= t.p - interval 60 day and l.until <= t.p) t
    on t.since = c.since and t.until = c.until and c.known_by <= t.p group by all)
select s.customer_id, s.prediction_time, r.spent from raw.spine s
left join ring r on r.customer_id = s.customer_id and r.p = s.prediction_time

-- case: cells of later prediction times too | leak: spent
with times as (select * from (values (timestamp '2024-02-01'), (timestamp '2024-03-01'), (timestamp '2024-04-01')) as t(p)),
cell_list as (select * from (values
  (date '2023-12-03', date '2024-01-01', timestamp '2024-02-01'), (date '2024-01-01', date '2024-02-01', timestamp '2024-02-01'),
  (date '2024-02-01', date '2024-03-01', timestamp '2024-03-01'), (date '2024-03-01', date '2024-04-01', timestamp '2024-04-01')
) as l(since, until, first_use)),
days as (select n.day, c.* from (select (timestamp '2023-12-03' + to_days(r.n::integer))::date as day from range(0, 120) as r(n)) n
  join cell_list c on n.day >= c.since and n.day < c.until),
cells as materialized (select e.customer_id, c.since, c.until, greatest(c.first_use, e.loaded_at) as known_by, sum(e.amount) as amount
  from raw.events e join days c on c.day = e.event_ts::date group by e.customer_id, c.since, c.until, greatest(c.first_use, e.loaded_at)),
ring as (select c.customer_id, t.p, sum(c.amount) as spent
  from cells c join (select l.since, l.until, t.p from cell_list l join times t on l.since >= t.p - interval 60 day and l.until <= t.p) t
    on t.since = c.since and t.until = c.until and c.known_by <= t.p + interval 1 month group by all)
select s.customer_id, s.prediction_time, r.spent from raw.spine s
left join ring r on r.customer_id = s.customer_id and r.p = s.prediction_time

-- case: rows for the times that are not in the calendar | clean
with times as (select * from (values (timestamp '2024-02-01'), (timestamp '2024-03-01'), (timestamp '2024-04-01')) as t(p)),
cell_list as (select * from (values
  (date '2023-12-03', date '2024-01-01', timestamp '2024-02-01'), (date '2024-01-01', date '2024-02-01', timestamp '2024-02-01'),
  (date '2024-02-01', date '2024-03-01', timestamp '2024-03-01'), (date '2024-03-01', date '2024-04-01', timestamp '2024-04-01')
) as l(since, until, first_use)),
days as (select n.day, c.* from (select (timestamp '2023-12-03' + to_days(r.n::integer))::date as day from range(0, 120) as r(n)) n
  join cell_list c on n.day >= c.since and n.day < c.until),
cells as materialized (select e.customer_id, c.since, c.until, greatest(c.first_use, e.loaded_at) as known_by, sum(e.amount) as amount
  from raw.events e join days c on c.day = e.event_ts::date group by e.customer_id, c.since, c.until, greatest(c.first_use, e.loaded_at)),
ring as (select c.customer_id, t.p, sum(c.amount) as spent
  from cells c join (select l.since, l.until, t.p from cell_list l join times t on l.since >= t.p - interval 60 day and l.until <= t.p) t
    on t.since = c.since and t.until = c.until and c.known_by <= t.p group by all
  union all select s.customer_id, s.prediction_time, sum(e.amount) from raw.spine s
  join raw.events e on e.customer_id = s.customer_id and e.loaded_at <= s.prediction_time
  where s.prediction_time not in (select p from times) group by all)
select s.customer_id, s.prediction_time, r.spent from raw.spine s
left join ring r on r.customer_id = s.customer_id and r.p = s.prediction_time

-- case: rows for the times that are not in the calendar, an hour too late | leak: spent
with times as (select * from (values (timestamp '2024-02-01'), (timestamp '2024-03-01'), (timestamp '2024-04-01')) as t(p)),
cell_list as (select * from (values
  (date '2023-12-03', date '2024-01-01', timestamp '2024-02-01'), (date '2024-01-01', date '2024-02-01', timestamp '2024-02-01'),
  (date '2024-02-01', date '2024-03-01', timestamp '2024-03-01'), (date '2024-03-01', date '2024-04-01', timestamp '2024-04-01')
) as l(since, until, first_use)),
days as (select n.day, c.* from (select (timestamp '2023-12-03' + to_days(r.n::integer))::date as day from range(0, 120) as r(n)) n
  join cell_list c on n.day >= c.since and n.day < c.until),
cells as materialized (select e.customer_id, c.since, c.until, greatest(c.first_use, e.loaded_at) as known_by, sum(e.amount) as amount
  from raw.events e join days c on c.day = e.event_ts::date group by e.customer_id, c.since, c.until, greatest(c.first_use, e.loaded_at)),
ring as (select c.customer_id, t.p, sum(c.amount) as spent
  from cells c join (select l.since, l.until, t.p from cell_list l join times t on l.since >= t.p - interval 60 day and l.until <= t.p) t
    on t.since = c.since and t.until = c.until and c.known_by <= t.p group by all
  union all select s.customer_id, s.prediction_time, sum(e.amount) from raw.spine s
  join raw.events e on e.customer_id = s.customer_id and e.loaded_at <= s.prediction_time + interval 1 hour
  where s.prediction_time not in (select p from times) group by all)
select s.customer_id, s.prediction_time, r.spent from raw.spine s
left join ring r on r.customer_id = s.customer_id and r.p = s.prediction_time

-- case: a count of cells before their ends | clean
with times as (select * from (values (timestamp '2024-02-01'), (timestamp '2024-03-01'), (timestamp '2024-04-01')) as t(p)),
cell_list as (select * from (values
  (date '2023-12-03', date '2024-01-01', timestamp '2024-02-01'), (date '2024-01-01', date '2024-02-01', timestamp '2024-02-01'),
  (date '2024-02-01', date '2024-03-01', timestamp '2024-03-01'), (date '2024-03-01', date '2024-04-01', timestamp '2024-04-01')
) as l(since, until, first_use)),
days as (select n.day, c.* from (select (timestamp '2023-12-03' + to_days(r.n::integer))::date as day from range(0, 120) as r(n)) n
  join cell_list c on n.day >= c.since and n.day < c.until),
cells as materialized (select e.customer_id, c.since, c.until, greatest(c.first_use, e.loaded_at) as known_by, count(*) as n
  from raw.events e join days c on c.day = e.event_ts::date group by e.customer_id, c.since, c.until, greatest(c.first_use, e.loaded_at)),
ring as (select c.customer_id, t.p, max(c.n) as spent
  from cells c join (select l.since, l.until, t.p from cell_list l join times t on l.since >= t.p - interval 60 day and l.until <= t.p - interval 7 day) t
    on t.since = c.since and t.until = c.until and c.known_by <= t.p group by all)
select s.customer_id, s.prediction_time, r.spent from raw.spine s
left join ring r on r.customer_id = s.customer_id and r.p = s.prediction_time
