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
  sum(cast(cast(case when [events].[n] > 0 then 1 when not [events].[n] > 0 then 0 end as bit) as bigint)) as [count_if],
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

-- select count_if(n > 0), count_if(n > 0) filter (where false), 5 as k from nothing group by all
select
  sum(cast(cast(case when [nothing].[n] > 0 then 1 when not [nothing].[n] > 0 then 0 end as bit) as bigint)) as [count_if],
  sum(case when 1 = 0 then cast(cast(case when [nothing].[n] > 0 then 1 when not [nothing].[n] > 0 then 0 end as bit) as bigint) end) as [count_if_1],
  5 as [k]
from [nothing]

-- select -3 as k, count(*) from events group by k
select -3 as [k], count_big(*) as [count_star]
from [events]
having count_big(*) > 0

-- select 2 + 1 as k, customer, count_if(flag) from events group by all
select
  (2 + 1) as [k],
  [events].[customer],
  sum(cast([events].[flag] as bigint)) as [count_if]
from [events]
group by [events].[customer]

-- select customer, corr(n, 1), corr(n, x), regr_slope(x, n), regr_slope(x, 2), regr_intercept(x, n), skewness(x), skewness(1) from events group by customer
-- refused: corr(): no equal function is known; compute it in a DuckDB model upstream, or write it with other functions
-- refused: corr(): no equal function is known; compute it in a DuckDB model upstream, or write it with other functions
-- refused: regr_slope(): no equal function is known; compute it in a DuckDB model upstream, or write it with other functions
-- refused: regr_slope(): no equal function is known; compute it in a DuckDB model upstream, or write it with other functions
-- refused: regr_intercept(): no equal function is known; compute it in a DuckDB model upstream, or write it with other functions
-- refused: skewness(): no equal function is known; compute it in a DuckDB model upstream, or write it with other functions
-- refused: skewness(): no equal function is known; compute it in a DuckDB model upstream, or write it with other functions

-- select corr(n, x), regr_slope(n, x), skewness(n) from events where id = 2
-- refused: corr(): no equal function is known; compute it in a DuckDB model upstream, or write it with other functions
-- refused: regr_slope(): no equal function is known; compute it in a DuckDB model upstream, or write it with other functions
-- refused: skewness(): no equal function is known; compute it in a DuckDB model upstream, or write it with other functions

-- select corr(n, x), regr_slope(n, x), skewness(n) from nothing
-- refused: corr(): no equal function is known; compute it in a DuckDB model upstream, or write it with other functions
-- refused: regr_slope(): no equal function is known; compute it in a DuckDB model upstream, or write it with other functions
-- refused: skewness(): no equal function is known; compute it in a DuckDB model upstream, or write it with other functions

-- select customer, median(x), median(n), quantile_cont(x, 0.25), quantile_cont(n, 0.9) from events group by customer
select
  [_rows].[customer],
  max([_rows].[_median_1]) as [median],
  max([_rows].[_median_2]) as [median_1],
  max([_rows].[_quantile_cont_3]) as [quantile_cont],
  max([_rows].[_quantile_cont_4]) as [quantile_cont_1]
from
  (
    select
      [events].[customer],
      [events].[x],
      [events].[n],
      percentile_cont(0.5) within group (order by [events].[x]) over (partition by [events].[customer]) as [_median_1],
      percentile_cont(0.5) within group (order by [events].[n]) over (partition by [events].[customer]) as [_median_2],
      percentile_cont(0.25) within group (order by [events].[x]) over (partition by [events].[customer]) as [_quantile_cont_3],
      percentile_cont(0.9) within group (order by [events].[n]) over (partition by [events].[customer]) as [_quantile_cont_4]
    from [events]
  ) as [_rows]
group by [_rows].[customer]

-- select customer, quantile_disc(n, 0.5) from events group by customer
select
  [_rows].[customer],
  max([_rows].[_quantile_disc_1]) as [quantile_disc]
from
  (
    select
      [events].[customer],
      [events].[n],
      percentile_disc(0.5) within group (order by [events].[n]) over (partition by [events].[customer]) as [_quantile_disc_1]
    from [events]
  ) as [_rows]
group by [_rows].[customer]

-- select median(x) as m, count(*) as n, quantile_cont(x, 0.1) filter (where flag) as f from events where n > 100
select
  max([_rows].[_median_1]) as [m],
  count_big(*) as [n],
  max([_rows].[_quantile_cont_2]) as [f]
from
  (
    select
      [events].[x],
      [events].[flag],
      percentile_cont(0.5) within group (order by [events].[x]) over () as [_median_1],
      percentile_cont(0.1) within group (order by case when [events].[flag] = 1 then [events].[x] end) over () as [_quantile_cont_2]
    from [events]
    where [events].[n] > 100
  ) as [_rows]

-- select date_trunc('month', ts) as month, median(n) as mid, max(n) as top from events group by 1 having median(n) > 0 order by mid
select
  datetrunc(month, cast([_rows].[ts] as datetime2(6))) as [month],
  max([_rows].[_median_1]) as [mid],
  max([_rows].[n]) as [top]
from
  (
    select
      [events].[ts],
      [events].[n],
      percentile_cont(0.5) within group (order by [events].[n]) over (partition by datetrunc(month, cast([events].[ts] as datetime2(6)))) as [_median_1],
      percentile_cont(0.5) within group (order by [events].[n]) over (partition by datetrunc(month, cast([events].[ts] as datetime2(6)))) as [_median_2]
    from [events]
  ) as [_rows]
group by datetrunc(month, cast([_rows].[ts] as datetime2(6)))
having max([_rows].[_median_2]) > 0
order by case when max([_rows].[_median_1]) is null then 1 else 0 end, max([_rows].[_median_1])

-- select c.tier, median(e.x) as m, arg_max(e.id, e.n * 100 + e.id) as best from events e join customers c on c.customer = e.customer group by all
select
  [_rows].[tier],
  max([_rows].[_median_1]) as [m],
  max(case when [_rows].[_arg_max_2] = 1 then [_rows].[_arg_max_3] end) as [best]
from
  (
    select
      [c].[tier],
      [e].[x],
      [e].[id],
      [e].[n],
      percentile_cont(0.5) within group (order by [e].[x]) over (partition by [c].[tier]) as [_median_1],
      row_number() over (partition by [c].[tier] order by case
        when [e].[id] is not null and (([e].[n] * 100) + [e].[id]) is not null then 0
        else 1
      end,
      (([e].[n] * 100) + [e].[id]) desc) as [_arg_max_2],
      case
        when [e].[id] is not null and (([e].[n] * 100) + [e].[id]) is not null then [e].[id]
      end as [_arg_max_3]
    from
      [events] as [e]
      join [customers] as [c] on [c].[customer] = [e].[customer]
  ) as [_rows]
group by [_rows].[tier]

-- select customer, arg_max(id, row(day, id)) as last_one, arg_min(id, row(day, id)) filter (where flag) as first_one from events group by customer
select
  [_rows].[customer],
  max(case when [_rows].[_arg_max_1] = 1 then [_rows].[_arg_max_2] end) as [last_one],
  max(case when [_rows].[_arg_min_3] = 1 then [_rows].[_arg_min_4] end) as [first_one]
from
  (
    select
      [events].[customer],
      [events].[id],
      [events].[day],
      [events].[flag],
      row_number() over (partition by [events].[customer] order by case when [events].[id] is not null then 0 else 1 end,
      case when [events].[day] is null then 0 else 1 end, [events].[day] desc,
      case when [events].[id] is null then 0 else 1 end, [events].[id] desc) as [_arg_max_1],
      case when [events].[id] is not null then [events].[id] end as [_arg_max_2],
      row_number() over (partition by [events].[customer] order by case when [events].[flag] = 1 and [events].[id] is not null then 0 else 1 end,
      case when [events].[day] is null then 1 else 0 end, [events].[day],
      case when [events].[id] is null then 1 else 0 end, [events].[id]) as [_arg_min_3],
      case when [events].[flag] = 1 and [events].[id] is not null then [events].[id] end as [_arg_min_4]
    from [events]
  ) as [_rows]
group by [_rows].[customer]

-- select customer, arg_max_null(n, row(day, id)) as state, arg_min_null(x, id) as first_x, arg_max_null(n, row(n, id)) as null_is_most from events group by customer
select
  [_rows].[customer],
  max(case when [_rows].[_arg_max_null_1] = 1 then [_rows].[_arg_max_null_2] end) as [state],
  max(case when [_rows].[_arg_min_null_3] = 1 then [_rows].[_arg_min_null_4] end) as [first_x],
  max(case when [_rows].[_arg_max_null_5] = 1 then [_rows].[_arg_max_null_6] end) as [null_is_most]
from
  (
    select
      [events].[customer],
      [events].[n],
      [events].[day],
      [events].[id],
      [events].[x],
      row_number() over (partition by [events].[customer] order by case when [events].[day] is null then 0 else 1 end, [events].[day] desc,
      case when [events].[id] is null then 0 else 1 end, [events].[id] desc) as [_arg_max_null_1],
      [events].[n] as [_arg_max_null_2],
      row_number() over (partition by [events].[customer] order by case when [events].[id] is not null then 0 else 1 end,
      case when [events].[id] is null then 1 else 0 end, [events].[id]) as [_arg_min_null_3],
      case when [events].[id] is not null then [events].[x] end as [_arg_min_null_4],
      row_number() over (partition by [events].[customer] order by case when [events].[n] is null then 0 else 1 end, [events].[n] desc,
      case when [events].[id] is null then 0 else 1 end, [events].[id] desc) as [_arg_max_null_5],
      [events].[n] as [_arg_max_null_6]
    from [events]
  ) as [_rows]
group by [_rows].[customer]

-- select customer, arg_max_null(n, row(id)) filter (where flag) as n, arg_max_null(n, day) is null as unknown from events where id % 5 = 1 group by customer
select
  [_rows].[customer],
  max(case when [_rows].[_arg_max_null_1] = 1 then [_rows].[_arg_max_null_2] end) as [n],
  cast(case
    when max(case when [_rows].[_arg_max_null_3] = 1 then [_rows].[_arg_max_null_4] end) is null then 1
    else 0
  end as bit) as [unknown]
from
  (
    select
      [events].[customer],
      [events].[n],
      [events].[id],
      [events].[flag],
      [events].[day],
      row_number() over (partition by [events].[customer] order by case when [events].[flag] = 1 then 0 else 1 end,
      case when [events].[id] is null then 0 else 1 end, [events].[id] desc) as [_arg_max_null_1],
      case when [events].[flag] = 1 then [events].[n] end as [_arg_max_null_2],
      row_number() over (partition by [events].[customer] order by case when [events].[day] is not null then 0 else 1 end, [events].[day] desc) as [_arg_max_null_3],
      case when [events].[day] is not null then [events].[n] end as [_arg_max_null_4]
    from [events]
    where ([events].[id] % 5) = 1
  ) as [_rows]
group by [_rows].[customer]

-- select customer, list_extract(max(day, 2), 2) as last_but_one, list_extract(min(n, 3), 3) as third, list_extract(max(id, 2) filter (where flag), 2) as odd from events group by customer
select
  [_rows].[customer],
  max(case when [_rows].[_list_extract_1] = 2 then [_rows].[_list_extract_2] end) as [last_but_one],
  max(case when [_rows].[_list_extract_3] = 3 then [_rows].[_list_extract_4] end) as [third],
  max(case when [_rows].[_list_extract_5] = 2 then [_rows].[_list_extract_6] end) as [odd]
from
  (
    select
      [events].[customer],
      [events].[day],
      [events].[n],
      [events].[id],
      [events].[flag],
      row_number() over (partition by [events].[customer] order by case when [events].[day] is not null then 0 else 1 end, [events].[day] desc) as [_list_extract_1],
      case when [events].[day] is not null then [events].[day] end as [_list_extract_2],
      row_number() over (partition by [events].[customer] order by case when [events].[n] is not null then 0 else 1 end,
      case when [events].[n] is null then 1 else 0 end, [events].[n]) as [_list_extract_3],
      case when [events].[n] is not null then [events].[n] end as [_list_extract_4],
      row_number() over (partition by [events].[customer] order by case when [events].[flag] = 1 and [events].[id] is not null then 0 else 1 end,
      [events].[id] desc) as [_list_extract_5],
      case when [events].[flag] = 1 and [events].[id] is not null then [events].[id] end as [_list_extract_6]
    from [events]
  ) as [_rows]
group by [_rows].[customer]

-- select list_extract(max(n, 2), 2) as none from nothing
select max(case when [_rows].[_list_extract_1] = 2 then [_rows].[_list_extract_2] end) as [none]
from
  (
    select
      [nothing].[n],
      row_number() over (order by case when [nothing].[n] is not null then 0 else 1 end, [nothing].[n] desc) as [_list_extract_1],
      case when [nothing].[n] is not null then [nothing].[n] end as [_list_extract_2]
    from [nothing]
  ) as [_rows]

-- select customer, arg_max(id, row(n, id)) as most, arg_min(id, row(n, id)) as least from events group by customer
select
  [_rows].[customer],
  max(case when [_rows].[_arg_max_1] = 1 then [_rows].[_arg_max_2] end) as [most],
  max(case when [_rows].[_arg_min_3] = 1 then [_rows].[_arg_min_4] end) as [least]
from
  (
    select
      [events].[customer],
      [events].[id],
      [events].[n],
      row_number() over (partition by [events].[customer] order by case when [events].[id] is not null then 0 else 1 end,
      case when [events].[n] is null then 0 else 1 end, [events].[n] desc,
      case when [events].[id] is null then 0 else 1 end, [events].[id] desc) as [_arg_max_1],
      case when [events].[id] is not null then [events].[id] end as [_arg_max_2],
      row_number() over (partition by [events].[customer] order by case when [events].[id] is not null then 0 else 1 end,
      case when [events].[n] is null then 1 else 0 end, [events].[n],
      case when [events].[id] is null then 1 else 0 end, [events].[id]) as [_arg_min_3],
      case when [events].[id] is not null then [events].[id] end as [_arg_min_4]
    from [events]
  ) as [_rows]
group by [_rows].[customer]

-- select customer, arg_min(flag, id) as first_flag, arg_max(day, id) as last_day from events group by customer
select
  [_rows].[customer],
  cast(max(cast(case when [_rows].[_arg_min_1] = 1 then [_rows].[_arg_min_2] end as int)) as bit) as [first_flag],
  max(case when [_rows].[_arg_max_3] = 1 then [_rows].[_arg_max_4] end) as [last_day]
from
  (
    select
      [events].[customer],
      [events].[flag],
      [events].[id],
      [events].[day],
      row_number() over (partition by [events].[customer] order by case when [events].[flag] is not null and [events].[id] is not null then 0 else 1 end,
      case when [events].[id] is null then 1 else 0 end, [events].[id]) as [_arg_min_1],
      case
        when [events].[flag] is not null and [events].[id] is not null then [events].[flag]
      end as [_arg_min_2],
      row_number() over (partition by [events].[customer] order by case when [events].[day] is not null and [events].[id] is not null then 0 else 1 end,
      [events].[id] desc) as [_arg_max_3],
      case when [events].[day] is not null and [events].[id] is not null then [events].[day] end as [_arg_max_4]
    from [events]
  ) as [_rows]
group by [_rows].[customer]

-- select customer, arg_max(id, ts), arg_min(id, ts), max_by(name, id) from events group by customer
select
  [_rows].[customer],
  max(case when [_rows].[_arg_max_1] = 1 then [_rows].[_arg_max_2] end) as [arg_max],
  max(case when [_rows].[_arg_min_3] = 1 then [_rows].[_arg_min_4] end) as [arg_min],
  max(case when [_rows].[_max_by_5] = 1 then [_rows].[_max_by_6] end) as [max_by]
from
  (
    select
      [events].[customer],
      [events].[id],
      [events].[ts],
      [events].[name],
      row_number() over (partition by [events].[customer] order by case when [events].[id] is not null and [events].[ts] is not null then 0 else 1 end,
      [events].[ts] desc) as [_arg_max_1],
      case when [events].[id] is not null and [events].[ts] is not null then [events].[id] end as [_arg_max_2],
      row_number() over (partition by [events].[customer] order by case when [events].[id] is not null and [events].[ts] is not null then 0 else 1 end,
      case when [events].[ts] is null then 1 else 0 end, [events].[ts]) as [_arg_min_3],
      case when [events].[id] is not null and [events].[ts] is not null then [events].[id] end as [_arg_min_4],
      row_number() over (partition by [events].[customer] order by case when [events].[name] is not null and [events].[id] is not null then 0 else 1 end,
      [events].[id] desc) as [_max_by_5],
      case
        when [events].[name] is not null and [events].[id] is not null then [events].[name]
      end as [_max_by_6]
    from [events]
  ) as [_rows]
group by [_rows].[customer]

-- select customer, arg_max(name, n) filter (where id < 30) from events where id % 7 <> 3 group by customer
select
  [_rows].[customer],
  max(case when [_rows].[_arg_max_1] = 1 then [_rows].[_arg_max_2] end) as [arg_max]
from
  (
    select
      [events].[customer],
      [events].[name],
      [events].[n],
      [events].[id],
      row_number() over (partition by [events].[customer] order by case
        when [events].[id] < 30 and [events].[name] is not null and [events].[n] is not null then 0
        else 1
      end,
      [events].[n] desc) as [_arg_max_1],
      case
        when [events].[id] < 30 and [events].[name] is not null and [events].[n] is not null then [events].[name]
      end as [_arg_max_2]
    from [events]
    where ([events].[id] % 7) <> 3
  ) as [_rows]
group by [_rows].[customer]

-- select customer, string_agg(name, ',' order by name) from events group by customer
select
  [events].[customer],
  string_agg(cast([events].[name] as varchar(8000)), ',') within group (order by case when [events].[name] is null then 1 else 0 end, [events].[name]) as [string_agg]
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
  ([events].[customer] % 2) as [parity],
  sum(cast([events].[n] as bigint)) as [sum]
from [events]
group by ([events].[customer] % 2)
having count_big(*) > 3

-- select customer, sum(case when flag then n else 0 end), avg(case when n > 0 then x end) from events group by customer
select
  [events].[customer],
  sum(cast(case when [events].[flag] = 1 then [events].[n] else 0 end as bigint)) as [sum],
  avg(cast(case when [events].[n] > 0 then [events].[x] end as float)) as [avg]
from [events]
group by [events].[customer]
