-- select i from range(5) as r(i)
select [r].[i]
from (select s.value from generate_series(cast(0 as bigint), cast(5 as bigint), cast(1 as bigint)) as s where s.value < 5 and 0 <= 5) as [r]([i])

-- select i from range(2, 9, 3) as r(i)
select [r].[i]
from (select s.value from generate_series(cast(2 as bigint), cast(9 as bigint), cast(3 as bigint)) as s where s.value < 9 and 2 <= 9) as [r]([i])

-- select i from generate_series(1, 4) as g(i)
select [g].[i]
from (select s.value from generate_series(cast(1 as bigint), cast(4 as bigint), cast(1 as bigint)) as s where s.value <= 4 and 1 <= 4) as [g]([i])

-- select i from range(3, 1) as r(i)
select [r].[i]
from (select s.value from generate_series(cast(3 as bigint), cast(1 as bigint), cast(1 as bigint)) as s where s.value < 1 and 3 <= 1) as [r]([i])

-- select i from range(5, 0, -2) as r(i)
select [r].[i]
from (select s.value from generate_series(cast(5 as bigint), cast(0 as bigint), cast(-2 as bigint)) as s where s.value > 0 and 5 >= 0) as [r]([i])

-- select i from generate_series(3, 1, -1) as r(i)
select [r].[i]
from (select s.value from generate_series(cast(3 as bigint), cast(1 as bigint), cast(-1 as bigint)) as s where s.value >= 1 and 3 >= 1) as [r]([i])

-- select d from generate_series(timestamp '2024-01-28', timestamp '2024-05-31', interval 1 month) as g(d)
select [g].[d]
from (select dateadd(month, cast(s.value * 1 as int), cast(cast('2024-01-28' as datetime2(6)) as datetime2(6))) as value from generate_series(0, case when cast('2024-01-28' as datetime2(6)) <= cast('2024-05-31' as datetime2(6)) then datediff(month, cast('2024-01-28' as datetime2(6)), cast('2024-05-31' as datetime2(6))) / 1 else 0 end) as s where dateadd(month, cast(s.value * 1 as int), cast(cast('2024-01-28' as datetime2(6)) as datetime2(6))) <= cast('2024-05-31' as datetime2(6))) as [g]([d])

-- select d::date as day from range(date '2024-02-27', date '2024-03-02', interval 1 day) as g(d)
select cast([g].[d] as date) as [day]
from (select dateadd(day, cast(s.value * 1 as int), cast(cast('2024-02-27' as date) as datetime2(6))) as value from generate_series(0, case when cast('2024-02-27' as date) <= cast('2024-03-02' as date) then datediff(day, cast('2024-02-27' as date), cast('2024-03-02' as date)) / 1 else 0 end) as s where dateadd(day, cast(s.value * 1 as int), cast(cast('2024-02-27' as date) as datetime2(6))) < cast('2024-03-02' as date)) as [g]([d])

-- select c.customer, i from customers c cross join range(3) as r(i)
select [c].[customer], [r].[i]
from
  [customers] as [c]
  cross join (select s.value from generate_series(cast(0 as bigint), cast(3 as bigint), cast(1 as bigint)) as s where s.value < 3 and 0 <= 3) as [r]([i])

-- select u from unnest([3, 1, 2]) as t(u)
-- refused: unnest() in FROM: only series of integers and of dates by one unit are translated; use a table of numbers or dates
