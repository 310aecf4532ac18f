-- select e.id, c.tier from events e join customers c on e.customer = c.customer
select [e].[id], [c].[tier]
from
  [events] as [e]
  join [customers] as [c] on [e].[customer] = [c].[customer]

-- select id, tier from events left join customers using (customer)
select [events].[id], [customers].[tier]
from
  [events]
  left join [customers] on [events].[customer] = [customers].[customer]

-- select customer, id, tier from events right join customers using (customer)
select [customers].[customer], [events].[id], [customers].[tier]
from
  [events]
  right join [customers] on [events].[customer] = [customers].[customer]

-- select customer, id, tier from events full join customers using (customer)
select
  coalesce([events].[customer], [customers].[customer]) as [customer],
  [events].[id],
  [customers].[tier]
from
  [events]
  full join [customers] on [events].[customer] = [customers].[customer]

-- select * from events natural join customers
select
  [events].[id],
  [events].[customer],
  [events].[ts],
  [events].[day],
  [events].[n],
  [events].[x],
  [events].[amount],
  [events].[name],
  [events].[flag],
  [customers].[label],
  [customers].[tier],
  [customers].[signed_at]
from
  [events]
  join [customers] on [events].[customer] = [customers].[customer]

-- select e.id, c.customer from events e cross join customers c where e.id < 5
select [e].[id], [c].[customer]
from
  [events] as [e]
  cross join [customers] as [c]
where [e].[id] < 5

-- select a.id, b.id as other from events a join events b on a.customer = b.customer and b.ts < a.ts and b.ts >= a.ts - interval 10 day
select [a].[id], [b].[id] as [other]
from
  [events] as [a]
  join [events] as [b]
    on [a].[customer] = [b].[customer]
    and [b].[ts] < [a].[ts]
    and [b].[ts] >= dateadd(day, -10, cast([a].[ts] as datetime2(6)))

-- select id from events semi join customers using (customer)
select [events].[id]
from [events]
where
  exists (
    select 1 as [found]
    from [customers]
    where [events].[customer] = [customers].[customer]
  )

-- select id from events anti join customers using (customer)
select [events].[id]
from [events]
where
  not exists (
    select 1 as [found]
    from [customers]
    where [events].[customer] = [customers].[customer]
  )

-- select id from events e anti join customers c on e.customer = c.customer and c.signed_at < e.ts
select [e].[id]
from [events] as [e]
where
  not exists (
    select 1 as [found]
    from [customers] as [c]
    where [e].[customer] = [c].[customer] and [c].[signed_at] < [e].[ts]
  )

-- select e.id, p.price from events e asof join prices p on e.customer = p.customer and e.ts >= p.valid_from
select [e].[id], [p].[price]
from
  [events] as [e]
  cross apply (
    select top (1) [p].*
    from [prices] as [p]
    where [e].[customer] = [p].[customer] and [e].[ts] >= [p].[valid_from]
    order by [p].[valid_from] desc
  ) as [p]

-- select e.id, p.price from events e asof left join prices p on e.customer = p.customer and e.ts > p.valid_from
select [e].[id], [p].[price]
from
  [events] as [e]
  outer apply (
    select top (1) [p].*
    from [prices] as [p]
    where [e].[customer] = [p].[customer] and [e].[ts] > [p].[valid_from]
    order by [p].[valid_from] desc
  ) as [p]

-- select e.id, p.price from events e asof left join prices p on p.valid_from >= e.ts and p.customer = e.customer
select [e].[id], [p].[price]
from
  [events] as [e]
  outer apply (
    select top (1) [p].*
    from [prices] as [p]
    where [p].[valid_from] >= [e].[ts] and [p].[customer] = [e].[customer]
    order by case when [p].[valid_from] is null then 1 else 0 end, [p].[valid_from]
  ) as [p]

-- select c.customer, m.top from customers c left join lateral (select max(e.n) as top from events e where e.customer = c.customer) as m on true
select [c].[customer], [m].[top]
from
  [customers] as [c]
  outer apply (
    select max([e].[n]) as [top]
    from [events] as [e]
    where [e].[customer] = [c].[customer]
  ) as [m]

-- select e.id, c.tier, p.price from events e join customers c using (customer) left join prices p using (customer)
select [e].[id], [c].[tier], [p].[price]
from
  [events] as [e]
  join [customers] as [c] on [e].[customer] = [c].[customer]
  left join [prices] as [p] on [e].[customer] = [p].[customer]

-- select e.id, c.label from events e left join customers c on e.customer = c.customer and c.tier = 'other' where e.id < 20
select [e].[id], [c].[label]
from
  [events] as [e]
  left join [customers] as [c] on [e].[customer] = [c].[customer] and [c].[tier] = 'other'
where [e].[id] < 20
