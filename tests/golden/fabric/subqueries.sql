-- select id, (select max(n) from events b where b.customer = a.customer) as top from events a
select
  [a].[id],
  (
    select max([b].[n]) as [max]
    from [events] as [b]
    where [b].[customer] = [a].[customer]
  ) as [top]
from [events] as [a]

-- select id from events where customer in (select customer from customers where tier = 'other')
select [events].[id]
from [events]
where
  [events].[customer] in (
    select [customers].[customer]
    from [customers]
    where [customers].[tier] = 'other'
  )

-- select id from events where customer not in (select customer from customers)
select [events].[id]
from [events]
where
  not [events].[customer] in (
    select [customers].[customer]
    from [customers]
  )

-- select id from events where customer not in (select n from events)
select [events].[id]
from [events]
where
  not [events].[customer] in (
    select [events].[n]
    from [events]
  )

-- select id from events where flag and (n > 3 or customer in (select n from events))
select [events].[id]
from [events]
where
  [events].[flag] = 1
  and (
    [events].[n] > 3
    or [events].[customer] in (
      select [events].[n]
      from [events]
    )
  )

-- select id, case when n in (select customer from customers) then id else n end as v from events
select
  [events].[id],
  case
    when [events].[n] in (
      select [customers].[customer]
      from [customers]
    ) then [events].[id]
    else [events].[n]
  end as [v]
from [events]

-- select count(*) filter (where n in (select n from events where id > 40)) as known from events
-- refused: an aggregate of an expression with a query: T-SQL takes no query there; compute the expression in a CTE, and aggregate its column

-- select e.id, c.label from events e join customers c on c.customer = e.customer and e.n in (select customer from prices)
select [e].[id], [c].[label]
from
  [events] as [e]
  join [customers] as [c]
    on [c].[customer] = [e].[customer]
    and [e].[n] in (
      select [prices].[customer]
      from [prices]
    )

-- select id from events e where exists (select 1 from customers c where c.customer = e.customer and c.signed_at < e.ts)
select [e].[id]
from [events] as [e]
where
  exists (
    select 1 as [literal]
    from [customers] as [c]
    where [c].[customer] = [e].[customer] and [c].[signed_at] < [e].[ts]
  )

-- select id from events e where not exists (select 1 from events b where b.customer = e.customer and b.ts > e.ts)
select [e].[id]
from [events] as [e]
where
  not exists (
    select 1 as [literal]
    from [events] as [b]
    where [b].[customer] = [e].[customer] and [b].[ts] > [e].[ts]
  )

-- select id from events where n > (select avg(n) from events)
select [events].[id]
from [events]
where
  [events].[n] > (
    select avg(cast([events].[n] as float)) as [avg]
    from [events]
  )

-- select s.c, s.total from (select customer as c, sum(n) as total from events group by customer) as s where s.total > 0
select [s].[c], [s].[total]
from
  (
    select
      [events].[customer] as [c],
      sum(cast([events].[n] as bigint)) as [total]
    from [events]
    group by [events].[customer]
  ) as [s]
where [s].[total] > 0

-- with a as (select customer, sum(n) as s from events group by customer), b as (select customer, s * 2 as d from a) select a.customer, a.s, b.d from a join b using (customer)
with [a] as (
  select
    [events].[customer],
    sum(cast([events].[n] as bigint)) as [s]
  from [events]
  group by [events].[customer]
),
[b] as (
  select [a].[customer], ([a].[s] * 2) as [d]
  from [a]
)
select [a].[customer], [a].[s], [b].[d]
from
  [a]
  join [b] on [a].[customer] = [b].[customer]

-- with a as (select 1 as v) select (with a as (select 2 as v) select v from a) as inner_v, v from a
with [a] as (
  select 1 as [v]
),
[a_2] as (
  select 2 as [v]
)
select
  (
    select [a].[v]
    from [a_2] as [a]
  ) as [inner_v],
  [a].[v]
from [a]

-- select * from (with t as (select customer from customers) select customer as k from t) as u
with [t] as (
  select [customers].[customer]
  from [customers]
)
select [u].[k]
from
  (
    select [t].[customer] as [k]
    from [t]
  ) as [u]

-- with per_day as (select customer, day, count(*) as n from events group by all) select c.customer, count(d.n) filter (where d.day >= date '2024-02-20') as near, coalesce(sum(d.n), 0) as far from customers c left join per_day d on d.customer = c.customer and d.day < date '2024-03-01' group by all
with [per_day] as (
  select [events].[customer], [events].[day], count_big(*) as [n]
  from [events]
  group by [events].[customer], [events].[day]
)
select
  [c].[customer],
  count_big(case when [d].[day] >= cast('2024-02-20' as date) then [d].[n] end) as [near],
  coalesce(sum(cast([d].[n] as bigint)), 0) as [far]
from
  [customers] as [c]
  left join [per_day] as [d] on [d].[customer] = [c].[customer] and [d].[day] < cast('2024-03-01' as date)
group by [c].[customer]

-- select customer, count(*) filter (where ts >= timestamp '2024-03-01' - interval 30 day) as recent, max(ts) filter (where flag) as latest from events where ts < timestamp '2024-03-01' group by customer
select
  [events].[customer],
  count_big(case when [events].[ts] >= dateadd(day, -30, cast(cast('2024-03-01' as datetime2(6)) as datetime2(6))) then 1 end) as [recent],
  max(case when [events].[flag] = 1 then [events].[ts] end) as [latest]
from [events]
where [events].[ts] < cast('2024-03-01' as datetime2(6))
group by [events].[customer]

-- with t(key, total) as (select customer, sum(n) from events group by customer) select key, total from t
with [t]([key], [total]) as (
  select
    [events].[customer],
    sum(cast([events].[n] as bigint)) as [sum]
  from [events]
  group by [events].[customer]
)
select [t].[key], [t].[total]
from [t]
