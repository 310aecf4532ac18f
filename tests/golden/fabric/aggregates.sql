-- select count(*), count(n), count(distinct n), sum(n), min(n), max(n), avg(n) from events
select
  count_big(*) as [count_star],
  count_big([events].[n]) as [count],
  count_big(distinct [events].[n]) as [count_1],
  sum(cast([events].[n] as bigint)) as [sum],
  min([events].[n]) as [min],
  max([events].[n]) as [max],
  avg(cast([events].[n] as float)) as [avg]
from [events]

-- select count(*), count(n), sum(n), min(n), max(n), avg(n), sum(x), bool_or(flag) from nothing
select
  count_big(*) as [count_star],
  count_big([nothing].[n]) as [count],
  sum(cast([nothing].[n] as bigint)) as [sum],
  min([nothing].[n]) as [min],
  max([nothing].[n]) as [max],
  avg(cast([nothing].[n] as float)) as [avg],
  sum([nothing].[x]) as [sum_1],
  cast(max(cast([nothing].[flag] as int)) as bit) as [bool_or]
from [nothing]

-- select customer, count(*), sum(amount), avg(amount), min(ts), max(day), sum(x) from events group by customer
select
  [events].[customer],
  count_big(*) as [count_star],
  sum([events].[amount]) as [sum],
  avg(cast([events].[amount] as float)) as [avg],
  min([events].[ts]) as [min],
  max([events].[day]) as [max],
  sum([events].[x]) as [sum_1]
from [events]
group by [events].[customer]

-- select customer, flag, count(*) as rows from events group by all
select [events].[customer], [events].[flag], count_big(*) as [rows]
from [events]
group by [events].[customer], [events].[flag]

-- select customer as c, flag as f, sum(n) as s from events group by 1, 2 having s > 0
select
  [events].[customer] as [c],
  [events].[flag] as [f],
  sum(cast([events].[n] as bigint)) as [s]
from [events]
group by [events].[customer], [events].[flag]
having sum(cast([events].[n] as bigint)) > 0

-- select customer, count(*) filter (where n > 0), sum(x) filter (where flag), count_if(n > 0), avg(n) filter (where n < 0) from events group by customer
select
  [events].[customer],
  count_big(case when [events].[n] > 0 then 1 end) as [count_star],
  sum(case when [events].[flag] = 1 then [events].[x] end) as [sum],
  count_big(case when cast(case when [events].[n] > 0 then 1 when not [events].[n] > 0 then 0 end as bit) = 1 then 1 end) as [count_if],
  avg(case when [events].[n] < 0 then cast([events].[n] as float) end) as [avg]
from [events]
group by [events].[customer]

-- select customer, bool_or(flag), bool_and(flag), max(flag), min(flag) from events group by customer
select
  [events].[customer],
  cast(max(cast([events].[flag] as int)) as bit) as [bool_or],
  cast(min(cast([events].[flag] as int)) as bit) as [bool_and],
  cast(max(cast([events].[flag] as int)) as bit) as [max],
  cast(min(cast([events].[flag] as int)) as bit) as [min]
from [events]
group by [events].[customer]

-- select customer, stddev(n), stddev_pop(n), variance(x), var_pop(x), corr(n, x) from events group by customer
-- refused: corr(): no equal function is known; compute it in a DuckDB model upstream, or write it with other functions

-- select customer, median(x), median(n), quantile_cont(x, 0.25), quantile_cont(n, 0.9) from events group by customer
-- refused: median(): T-SQL has no quantile as an aggregate; compute it with a window in a CTE and take max() of it
-- refused: median(): T-SQL has no quantile as an aggregate; compute it with a window in a CTE and take max() of it
-- refused: quantile_cont(): T-SQL has no quantile as an aggregate; compute it with a window in a CTE and take max() of it
-- refused: quantile_cont(): T-SQL has no quantile as an aggregate; compute it with a window in a CTE and take max() of it

-- select customer, quantile_disc(n, 0.5) from events group by customer
-- refused: quantile_disc(): T-SQL has no quantile as an aggregate; compute it with a window in a CTE and take max() of it

-- select customer, arg_max(id, ts), arg_min(id, ts), max_by(name, id) from events group by customer
-- refused: arg_max(): T-SQL has no arg_max as an aggregate; compute it with a window in a CTE and take max() of it
-- refused: arg_min(): T-SQL has no arg_max as an aggregate; compute it with a window in a CTE and take max() of it
-- refused: max_by(): T-SQL has no arg_max as an aggregate; compute it with a window in a CTE and take max() of it

-- select customer, arg_max(name, n) filter (where id < 30) from events where id % 7 <> 3 group by customer
-- refused: arg_max(): T-SQL has no arg_max as an aggregate; compute it with a window in a CTE and take max() of it

-- select customer, string_agg(name, ',' order by name) from events group by customer
select
  [events].[customer],
  string_agg(cast([events].[name] as varchar(8000)), ',') within group (order by [events].[name]) as [string_agg]
from [events]
group by [events].[customer]

-- select string_agg(name, ',') from nothing
select string_agg(cast([nothing].[name] as varchar(8000)), ',') as [string_agg]
from [nothing]

-- select customer, any_value(tier) from customers group by customer
select
  [customers].[customer],
  min([customers].[tier]) as [any_value]
from [customers]
group by [customers].[customer]

-- select flag, count(distinct customer), sum(distinct n) from events group by flag
select
  [events].[flag],
  count_big(distinct [events].[customer]) as [count],
  sum(distinct cast([events].[n] as bigint)) as [sum]
from [events]
group by [events].[flag]

-- select sum(n) / count(*) as mean, max(n) - min(n) as span, sum(n) * 1.0 / nullif(sum(id), 0) as ratio from events
select
  (cast(sum(cast([events].[n] as bigint)) as float) / nullif(cast(count_big(*) as float), 0)) as [mean],
  (max([events].[n]) - min([events].[n])) as [span],
  (cast((sum(cast([events].[n] as bigint)) * 1.0) as float) / nullif(cast(nullif(sum(cast([events].[id] as bigint)), 0) as float), 0)) as [ratio]
from [events]

-- select customer, flag, sum(n), grouping(customer) from events group by grouping sets ((customer, flag), (customer), ())
select
  [events].[customer],
  [events].[flag],
  sum(cast([events].[n] as bigint)) as [sum],
  grouping([events].[customer]) as [special]
from [events]
group by grouping sets (([events].[customer], [events].[flag]), ([events].[customer]), ())

-- select customer, flag, sum(n) from events group by rollup (customer, flag)
select
  [events].[customer],
  [events].[flag],
  sum(cast([events].[n] as bigint)) as [sum]
from [events]
group by grouping sets ((), ([events].[customer]), ([events].[customer], [events].[flag]))

-- select customer, flag, sum(n) from events group by cube (customer, flag)
select
  [events].[customer],
  [events].[flag],
  sum(cast([events].[n] as bigint)) as [sum]
from [events]
group by grouping sets ((),
([events].[customer]),
([events].[customer], [events].[flag]),
([events].[flag]))

-- select date_trunc('week', ts) as week, count(*) as n from events group by week
select
  datetrunc(iso_week, cast([events].[ts] as datetime2(6))) as [week],
  count_big(*) as [n]
from [events]
group by datetrunc(iso_week, cast([events].[ts] as datetime2(6)))

-- select customer % 2 as parity, sum(n) from events group by parity having count(*) > 3
select
  ([events].[customer] % nullif(2, 0)) as [parity],
  sum(cast([events].[n] as bigint)) as [sum]
from [events]
group by ([events].[customer] % nullif(2, 0))
having count_big(*) > 3

-- select customer, sum(case when flag then n else 0 end), avg(case when n > 0 then x end) from events group by customer
select
  [events].[customer],
  sum(cast(case when [events].[flag] = 1 then [events].[n] else 0 end as bigint)) as [sum],
  avg(cast(case when [events].[n] > 0 then [events].[x] end as float)) as [avg]
from [events]
group by [events].[customer]
