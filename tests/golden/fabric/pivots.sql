-- pivot events on customer in (0, 1, 2) using sum(n) group by flag
select [_pivot].[flag], [_pivot].[0], [_pivot].[1], [_pivot].[2]
from
  (
    select
      [events].[flag],
      sum(case when [events].[customer] = 0 then cast([events].[n] as bigint) end) as [0],
      sum(case when [events].[customer] = 1 then cast([events].[n] as bigint) end) as [1],
      sum(case when [events].[customer] = 2 then cast([events].[n] as bigint) end) as [2]
    from [events]
    group by [events].[flag]
  ) as [_pivot]

-- pivot events on name in ('alpha', 'Beta') using sum(n) as s, count(*) as c group by customer
select
  [_pivot].[customer],
  [_pivot].[alpha_s],
  [_pivot].[alpha_c],
  [_pivot].[Beta_s],
  [_pivot].[Beta_c]
from
  (
    select
      [events].[customer],
      sum(case when [events].[name] = 'alpha' then cast([events].[n] as bigint) end) as [alpha_s],
      count_big(case when [events].[name] = 'alpha' then 1 end) as [alpha_c],
      sum(case when [events].[name] = 'Beta' then cast([events].[n] as bigint) end) as [Beta_s],
      count_big(case when [events].[name] = 'Beta' then 1 end) as [Beta_c]
    from [events]
    group by [events].[customer]
  ) as [_pivot]

-- select * from (select customer, flag, n from events) pivot (max(n) for flag in (true, false))
select [_pivot].[customer], [_pivot].[true], [_pivot].[false]
from
  (
    select
      [customer],
      max(case when [flag] = cast(1 as bit) then [n] end) as [true],
      max(case when [flag] = cast(0 as bit) then [n] end) as [false]
    from
      (
        select [events].[customer], [events].[flag], [events].[n]
        from [events]
      )
    group by [customer]
  ) as [_pivot]

-- select id, source, value from (select id, n, customer from events) unpivot (value for source in (n, customer))
select [_unpivot].[id], [_unpivot].[source], [_unpivot].[value]
from
  (
    select [id], 'n' as [source], [n] as [value]
    from
      (
        select [events].[id], [events].[n], [events].[customer]
        from [events]
      )
    where [n] is not null
    union all
    select [id], 'customer' as [source], [customer] as [value]
    from
      (
        select [events].[id], [events].[n], [events].[customer]
        from [events]
      )
    where [customer] is not null
  ) as [_unpivot]

-- select * from (select id, n, customer from events) unpivot include nulls (value for source in (n, customer)) as u where value is null
select [u].[id], [u].[source], [u].[value]
from
  (
    select [id], 'n' as [source], [n] as [value]
    from
      (
        select [events].[id], [events].[n], [events].[customer]
        from [events]
      )
    union all
    select [id], 'customer' as [source], [customer] as [value]
    from
      (
        select [events].[id], [events].[n], [events].[customer]
        from [events]
      )
  ) as [u]
where [u].[value] is null
