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

-- select id, avg(amount) over (partition by customer order by id), stddev(n) over (partition by customer), bool_or(flag) over (order by id) from events
select
  [events].[id],
  avg(cast([events].[amount] as float)) over (partition by [events].[customer] order by case when [events].[id] is null then 1 else 0 end, [events].[id]) as [avg],
  stdev(cast([events].[n] as float)) over (partition by [events].[customer]) as [stddev],
  cast(max(cast([events].[flag] as int)) over (order by case when [events].[id] is null then 1 else 0 end, [events].[id]) as bit) as [bool_or]
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
with [_frame_rows] as (
  select
    [events].[id],
    [events].[n],
    [events].[customer],
    [events].[ts]
  from [events]
)
select
  [_here].[id],
  (
    select sum(cast([_there].[n] as bigint)) as [value]
    from [_frame_rows] as [_there]
    where
      exists (select [_there].[customer] intersect select [_here].[customer])
      and (
        [_there].[ts] >= dateadd(day, -7, cast([_here].[ts] as datetime2(6)))
        and [_there].[ts] <= [_here].[ts]
        or [_here].[ts] is null and [_there].[ts] is null
      )
  ) as [sum]
from [_frame_rows] as [_here]

-- select id, count(*) over (partition by customer order by day range between interval 30 day preceding and interval 1 day preceding) from events
with [_frame_rows] as (
  select [events].[id], [events].[customer], [events].[day]
  from [events]
)
select
  [_here].[id],
  (
    select count_big(*) as [value]
    from [_frame_rows] as [_there]
    where
      exists (select [_there].[customer] intersect select [_here].[customer])
      and (
        [_there].[day] >= dateadd(day, -30, cast([_here].[day] as datetime2(6)))
        and [_there].[day] <= dateadd(day, -1, cast([_here].[day] as datetime2(6)))
        or [_here].[day] is null and [_there].[day] is null
      )
  ) as [count]
from [_frame_rows] as [_here]

-- select id, count(*) over (order by n range between 3 preceding and 3 following) from events
with [_frame_rows] as (
  select [events].[id], [events].[n]
  from [events]
)
select
  [_here].[id],
  (
    select count_big(*) as [value]
    from [_frame_rows] as [_there]
    where
      [_there].[n] >= ([_here].[n] - 3) and [_there].[n] <= ([_here].[n] + 3)
      or [_here].[n] is null and [_there].[n] is null
  ) as [count]
from [_frame_rows] as [_here]

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
select
  [_rows].[id],
  lag([_rows].[_step_2]) over (order by case when [_rows].[id] is null then 1 else 0 end, [_rows].[id]) as [lag],
  max([_rows].[_step_3]) over (order by case when [_rows].[id] is null then 1 else 0 end, [_rows].[id]) as [first_value],
  max([_rows].[n]) over (partition by [_rows].[_step_4]) as [last_value]
from
  (
    select
      [_rows].[id],
      [_rows].[n],
      [_rows].[_step_1],
      [_rows].[_step_3],
      [_rows].[_step_4],
      max([_rows].[n]) over (partition by [_rows].[_step_1]) as [_step_2]
    from
      (
        select
          [events].[id],
          [events].[n],
          count_big([events].[n]) over (order by case when [events].[id] is null then 1 else 0 end, [events].[id] rows between unbounded preceding and current row) as [_step_1],
          case
            when [events].[n] is not null
            and count_big([events].[n]) over (order by case when [events].[id] is null then 1 else 0 end, [events].[id] rows between unbounded preceding and 1 preceding) < 1 then [events].[n]
          end as [_step_3],
          count_big([events].[n]) over (order by case when [events].[id] is null then 1 else 0 end, [events].[id]) as [_step_4]
        from [events]
      ) as [_rows]
  ) as [_rows]

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
select
  [_rows].[id],
  max([_rows].[_step_1]) over (order by case when [_rows].[id] is null then 1 else 0 end, [_rows].[id] rows between unbounded preceding and unbounded following) as [nth_value]
from
  (
    select
      [events].[id],
      [events].[n],
      case
        when row_number() over (order by case when [events].[id] is null then 1 else 0 end, [events].[id]) = 2 then [events].[n]
      end as [_step_1]
    from [events]
  ) as [_rows]

-- select id, lag(n, -1) over (order by id) as next, lead(n, -2, 0) over (partition by customer order by id) as earlier, lag(n, 2) over (order by id) from events
select
  [events].[id],
  lead([events].[n], 1) over (order by case when [events].[id] is null then 1 else 0 end, [events].[id]) as [next],
  lag([events].[n], 2, 0) over (partition by [events].[customer] order by case when [events].[id] is null then 1 else 0 end, [events].[id]) as [earlier],
  lag([events].[n], 2) over (order by case when [events].[id] is null then 1 else 0 end, [events].[id]) as [lag]
from [events]

-- select id, sum(n) over (order by id rows between unbounded preceding and -1 preceding), sum(n) over (order by id rows between -2 following and 1 following) from events
select
  [events].[id],
  sum(cast([events].[n] as bigint)) over (order by case when [events].[id] is null then 1 else 0 end, [events].[id] rows between unbounded preceding and 1 following) as [sum],
  sum(cast([events].[n] as bigint)) over (order by case when [events].[id] is null then 1 else 0 end, [events].[id] rows between 2 preceding and 1 following) as [sum_1]
from [events]

-- select id, lead(n ignore nulls) over (partition by customer order by ts, id) as next, last_value(x ignore nulls) over (partition by customer order by ts, id rows between unbounded preceding and current row) as known from events
select
  [_rows].[id],
  lead([_rows].[_step_2]) over (partition by [_rows].[customer] order by case when [_rows].[ts] is null then 1 else 0 end, [_rows].[ts],
  case when [_rows].[id] is null then 1 else 0 end, [_rows].[id]) as [next],
  max([_rows].[x]) over (partition by [_rows].[customer], [_rows].[_step_3]) as [known]
from
  (
    select
      [_rows].[id],
      [_rows].[n],
      [_rows].[customer],
      [_rows].[ts],
      [_rows].[x],
      [_rows].[_step_1],
      [_rows].[_step_3],
      max([_rows].[n]) over (partition by [_rows].[customer], [_rows].[_step_1]) as [_step_2]
    from
      (
        select
          [events].[id],
          [events].[n],
          [events].[customer],
          [events].[ts],
          [events].[x],
          count_big([events].[n]) over (partition by [events].[customer] order by case when [events].[ts] is null then 1 else 0 end, [events].[ts],
          case when [events].[id] is null then 1 else 0 end, [events].[id] rows between current row and unbounded following) as [_step_1],
          count_big([events].[x]) over (partition by [events].[customer] order by case when [events].[ts] is null then 1 else 0 end, [events].[ts],
          case when [events].[id] is null then 1 else 0 end, [events].[id] rows between unbounded preceding and current row) as [_step_3]
        from [events]
      ) as [_rows]
  ) as [_rows]

-- select id, avg(x) over (partition by customer order by ts range between interval 7 day preceding and interval 1 day preceding) as week, count(*) over (partition by customer order by ts range between interval 30 day preceding and current row) as month from events
with [_frame_rows] as (
  select
    [events].[id],
    [events].[x],
    [events].[customer],
    [events].[ts]
  from [events]
)
select
  [_here].[id],
  (
    select avg(cast([_there].[x] as float)) as [value]
    from [_frame_rows] as [_there]
    where
      exists (select [_there].[customer] intersect select [_here].[customer])
      and (
        [_there].[ts] >= dateadd(day, -7, cast([_here].[ts] as datetime2(6)))
        and [_there].[ts] <= dateadd(day, -1, cast([_here].[ts] as datetime2(6)))
        or [_here].[ts] is null and [_there].[ts] is null
      )
  ) as [week],
  (
    select count_big(*) as [value]
    from [_frame_rows] as [_there]
    where
      exists (select [_there].[customer] intersect select [_here].[customer])
      and (
        [_there].[ts] >= dateadd(day, -30, cast([_here].[ts] as datetime2(6)))
        and [_there].[ts] <= [_here].[ts]
        or [_here].[ts] is null and [_there].[ts] is null
      )
  ) as [month]
from [_frame_rows] as [_here]

-- select id, sum(n) over (order by n desc range between 2 preceding and unbounded following) as a, count(*) over (order by n range between unbounded preceding and 1 preceding) as b from events
with [_frame_rows] as (
  select [events].[id], [events].[n]
  from [events]
)
select
  [_here].[id],
  (
    select sum(cast([_there].[n] as bigint)) as [value]
    from [_frame_rows] as [_there]
    where [_there].[n] <= ([_here].[n] + 2) or [_there].[n] is null
  ) as [a],
  (
    select count_big(*) as [value]
    from [_frame_rows] as [_there]
    where [_there].[n] <= ([_here].[n] - 1) or [_here].[n] is null
  ) as [b]
from [_frame_rows] as [_here]

-- select id, max(flag) over (partition by customer) as any_flag, bool_and(flag) over (partition by customer) as all_flags from events
select
  [events].[id],
  cast(max(cast([events].[flag] as int)) over (partition by [events].[customer]) as bit) as [any_flag],
  cast(min(cast([events].[flag] as int)) over (partition by [events].[customer]) as bit) as [all_flags]
from [events]

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
