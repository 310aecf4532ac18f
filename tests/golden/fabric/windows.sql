-- select id, row_number() over (order by id), rank() over (order by customer), dense_rank() over (order by customer) from events
select
  [events].[id],
  row_number() over (order by case when [events].[id] is null then 1 else 0 end, [events].[id]) as [row_number],
  rank() over (order by case when [events].[customer] is null then 1 else 0 end, [events].[customer]) as [rank],
  dense_rank() over (order by case when [events].[customer] is null then 1 else 0 end, [events].[customer]) as [dense_rank]
from [events]

-- select id, row_number() over (partition by customer order by ts desc, id) from events
select
  [events].[id],
  row_number() over (partition by [events].[customer] order by [events].[ts] desc,
  case when [events].[id] is null then 1 else 0 end, [events].[id]) as [row_number]
from [events]

-- select id, sum(n) over (partition by customer order by id), sum(n) over (partition by customer), count(*) over () from events
select
  [events].[id],
  sum(cast([events].[n] as bigint)) over (partition by [events].[customer] order by case when [events].[id] is null then 1 else 0 end, [events].[id]) as [sum],
  sum(cast([events].[n] as bigint)) over (partition by [events].[customer]) as [sum_1],
  count_big(*) over () as [count]
from [events]

-- select id, avg(x) over (partition by customer order by id rows between 2 preceding and current row) from events
select
  [events].[id],
  avg(cast([events].[x] as float)) over (partition by [events].[customer] order by case when [events].[id] is null then 1 else 0 end, [events].[id] rows between 2 preceding and current row) as [avg]
from [events]

-- select id, sum(n) over (order by id rows between 1 preceding and 1 following), max(n) over (order by id rows between unbounded preceding and 1 preceding) from events
select
  [events].[id],
  sum(cast([events].[n] as bigint)) over (order by case when [events].[id] is null then 1 else 0 end, [events].[id] rows between 1 preceding and 1 following) as [sum],
  max([events].[n]) over (order by case when [events].[id] is null then 1 else 0 end, [events].[id] rows between unbounded preceding and 1 preceding) as [max]
from [events]

-- select id, sum(n) over (partition by customer order by ts range between interval 7 day preceding and current row) from events
-- refused: a RANGE frame with an offset: T-SQL has no such window; join the table with itself on the range and aggregate

-- select id, count(*) over (order by n range between 3 preceding and 3 following) from events
-- refused: a RANGE frame with an offset: T-SQL has no such window; join the table with itself on the range and aggregate

-- select id, lag(n) over (order by id), lag(n, 2, 0) over (order by id), lead(n) over (partition by customer order by id) from events
select
  [events].[id],
  lag([events].[n]) over (order by case when [events].[id] is null then 1 else 0 end, [events].[id]) as [lag],
  lag([events].[n], 2, 0) over (order by case when [events].[id] is null then 1 else 0 end, [events].[id]) as [lag_1],
  lead([events].[n]) over (partition by [events].[customer] order by case when [events].[id] is null then 1 else 0 end, [events].[id]) as [lead]
from [events]

-- select id, first_value(n) over (partition by customer order by id), last_value(n) over (partition by customer order by id rows between unbounded preceding and unbounded following) from events
select
  [events].[id],
  first_value([events].[n]) over (partition by [events].[customer] order by case when [events].[id] is null then 1 else 0 end, [events].[id]) as [first_value],
  last_value([events].[n]) over (partition by [events].[customer] order by case when [events].[id] is null then 1 else 0 end, [events].[id] rows between unbounded preceding and unbounded following) as [last_value]
from [events]

-- select id, lag(n ignore nulls) over (order by id), first_value(n ignore nulls) over (order by id), last_value(n ignore nulls) over (order by id) from events
-- refused: IGNORE NULLS: T-SQL has no such window; use max() over a row number of the rows that are not NULL
-- refused: IGNORE NULLS: T-SQL has no such window; use max() over a row number of the rows that are not NULL
-- refused: IGNORE NULLS: T-SQL has no such window; use max() over a row number of the rows that are not NULL

-- select id, ntile(4) over (order by id), percent_rank() over (order by id), cume_dist() over (order by id) from events
select
  [events].[id],
  ntile(4) over (order by case when [events].[id] is null then 1 else 0 end, [events].[id]) as [ntile],
  percent_rank() over (order by case when [events].[id] is null then 1 else 0 end, [events].[id]) as [percent_rank],
  cume_dist() over (order by case when [events].[id] is null then 1 else 0 end, [events].[id]) as [cume_dist]
from [events]

-- select id, sum(n) filter (where flag) over (partition by customer order by id), count(*) filter (where n > 0) over (order by id) from events
select
  [events].[id],
  sum(case when [events].[flag] = 1 then cast([events].[n] as bigint) end) over (partition by [events].[customer] order by case when [events].[id] is null then 1 else 0 end, [events].[id]) as [sum],
  count_big(case when [events].[n] > 0 then 1 end) over (order by case when [events].[id] is null then 1 else 0 end, [events].[id]) as [count]
from [events]

-- select id, rank() over (order by n), rank() over (order by n desc), row_number() over (order by n nulls first, id) from events
select
  [events].[id],
  rank() over (order by case when [events].[n] is null then 1 else 0 end, [events].[n]) as [rank],
  rank() over (order by [events].[n] desc) as [rank_1],
  row_number() over (order by [events].[n], case when [events].[id] is null then 1 else 0 end, [events].[id]) as [row_number]
from [events]

-- select id, nth_value(n, 2) over (order by id rows between unbounded preceding and unbounded following) from events
-- refused: nth_value() over a window: T-SQL has no such window; use row_number() and a join

-- select customer, sum(n) as s, rank() over (order by sum(n) desc) from events group by customer
select
  [events].[customer],
  sum(cast([events].[n] as bigint)) as [s],
  rank() over (order by sum(cast([events].[n] as bigint)) desc) as [rank]
from [events]
group by [events].[customer]

-- select id, n - avg(n) over (partition by customer) as centred from events
select
  [events].[id],
  ([events].[n] - avg(cast([events].[n] as float)) over (partition by [events].[customer])) as [centred]
from [events]

-- select id from events qualify row_number() over (partition by customer order by ts desc, id) = 1
select [_filtered].[id]
from
  (
    select
      [events].[id],
      case
        when row_number() over (partition by [events].[customer] order by [events].[ts] desc,
        case when [events].[id] is null then 1 else 0 end, [events].[id]) = 1 then 1
        else 0
      end as [_qualifies]
    from [events]
  ) as [_filtered]
where [_filtered].[_qualifies] = 1

-- select customer, id, sum(n) over (partition by customer order by id) as running from events qualify running > 0
select
  [_filtered].[customer],
  [_filtered].[id],
  [_filtered].[running]
from
  (
    select
      [events].[customer],
      [events].[id],
      sum(cast([events].[n] as bigint)) over (partition by [events].[customer] order by case when [events].[id] is null then 1 else 0 end, [events].[id]) as [running],
      case
        when sum(cast([events].[n] as bigint)) over (partition by [events].[customer] order by case when [events].[id] is null then 1 else 0 end, [events].[id]) > 0 then 1
        else 0
      end as [_qualifies]
    from [events]
  ) as [_filtered]
where [_filtered].[_qualifies] = 1

-- select distinct on (customer) customer, id, ts from events order by customer, ts desc, id
select [_filtered].[customer], [_filtered].[id], [_filtered].[ts]
from
  (
    select
      [events].[customer],
      [events].[id],
      [events].[ts],
      row_number() over (partition by [events].[customer] order by case when [events].[customer] is null then 1 else 0 end, [events].[customer],
      [events].[ts] desc,
      case when [events].[id] is null then 1 else 0 end, [events].[id]) as [_rank]
    from [events]
  ) as [_filtered]
where [_filtered].[_rank] = 1
order by case when [_filtered].[customer] is null then 1 else 0 end, [_filtered].[customer],
[_filtered].[ts] desc,
case when [_filtered].[id] is null then 1 else 0 end, [_filtered].[id]
