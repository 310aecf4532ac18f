-- select * from events
select
  [events].[id],
  [events].[customer],
  [events].[ts],
  [events].[day],
  [events].[n],
  [events].[x],
  [events].[amount],
  [events].[name],
  [events].[flag]
from [events]

-- select * exclude (name, flag) replace (n + 1 as n) from events
select
  [events].[id],
  [events].[customer],
  [events].[ts],
  [events].[day],
  ([events].[n] + 1) as [n],
  [events].[x],
  [events].[amount]
from [events]

-- select e.*, c.tier from events e join customers c using (customer)
select
  [e].[id],
  [e].[customer],
  [e].[ts],
  [e].[day],
  [e].[n],
  [e].[x],
  [e].[amount],
  [e].[name],
  [e].[flag],
  [c].[tier]
from
  [events] as [e]
  join [customers] as [c] on [e].[customer] = [c].[customer]

-- select 'it''s', 'back\slash', 'two\nlines', 'ñ', '' from customers
select
  'it''s' as [literal],
  'back\slash' as [literal_1],
  'two
lines' as [literal_2],
  'ñ' as [literal_3],
  '' as [literal_4]
from [customers]

-- select 1 as one, 2.50 as dec, 1e3 as dbl, true as yes, null as nothing from customers
select
  1 as [one],
  2.50 as [dec],
  1000e0 as [dbl],
  cast(1 as bit) as [yes],
  null as [nothing]
from [customers]

-- select distinct customer, flag from events
select distinct [events].[customer], [events].[flag]
from [events]

-- select id as "Order Id", customer as "select" from events
select [events].[id] as [Order Id], [events].[customer] as [select]
from [events]

-- select x * 2 as twice, twice + 1 as more from events where twice > 1
select
  ([events].[x] * 2) as [twice],
  (([events].[x] * 2) + 1) as [more]
from [events]
where ([events].[x] * 2) > 1
