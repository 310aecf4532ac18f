-- select id from events where n > 0 and x < 1 or flag
select [events].[id]
from [events]
where [events].[n] > 0 and [events].[x] < 1 or [events].[flag] = 1

-- select id from events where (n > 0 or x < 1) and not flag
select [events].[id]
from [events]
where ([events].[n] > 0 or [events].[x] < 1) and not [events].[flag] = 1

-- select id, n > 0 and flag as both, n > 0 or flag as either, not flag as no from events
select
  [events].[id],
  cast(case
    when [events].[n] > 0 and [events].[flag] = 1 then 1
    when not ([events].[n] > 0 and [events].[flag] = 1) then 0
  end as bit) as [both],
  cast(case
    when [events].[n] > 0 or [events].[flag] = 1 then 1
    when not ([events].[n] > 0 or [events].[flag] = 1) then 0
  end as bit) as [either],
  cast(case when not [events].[flag] = 1 then 1 when [events].[flag] = 1 then 0 end as bit) as [no]
from [events]

-- select id from events where n is null or x is not null and name is null
select [events].[id]
from [events]
where [events].[n] is null or [events].[x] is not null and [events].[name] is null

-- select id, n is distinct from customer, n is not distinct from customer from events
select
  [events].[id],
  cast(case
    when not exists (select [events].[n] intersect select [events].[customer]) then 1
    else 0
  end as bit) as [comparison],
  cast(case
    when exists (select [events].[n] intersect select [events].[customer]) then 1
    else 0
  end as bit) as [comparison_1]
from [events]

-- select flag is distinct from (n > 3) as k, count(*) filter (where n is distinct from customer) as v, sum(case when n is not distinct from customer then 1 else 0 end) as w from events group by all
select
  cast(case
    when case
      when [events].[flag] = cast(case when [events].[n] > 3 then 1 when not [events].[n] > 3 then 0 end as bit)
      or [events].[flag] is null
      and cast(case when [events].[n] > 3 then 1 when not [events].[n] > 3 then 0 end as bit) is null then 1
      else 0
    end = 0 then 1
    when not case
      when [events].[flag] = cast(case when [events].[n] > 3 then 1 when not [events].[n] > 3 then 0 end as bit)
      or [events].[flag] is null
      and cast(case when [events].[n] > 3 then 1 when not [events].[n] > 3 then 0 end as bit) is null then 1
      else 0
    end = 0 then 0
  end as bit) as [k],
  count_big(case when case
    when [events].[n] = [events].[customer] or [events].[n] is null and [events].[customer] is null then 1
    else 0
  end = 0 then 1 end) as [v],
  sum(cast(case
    when case
      when [events].[n] = [events].[customer] or [events].[n] is null and [events].[customer] is null then 1
      else 0
    end = 1 then 1
    else 0
  end as bigint)) as [w]
from [events]
group by cast(case
  when case
    when [events].[flag] = cast(case when [events].[n] > 3 then 1 when not [events].[n] > 3 then 0 end as bit)
    or [events].[flag] is null
    and cast(case when [events].[n] > 3 then 1 when not [events].[n] > 3 then 0 end as bit) is null then 1
    else 0
  end = 0 then 1
  when not case
    when [events].[flag] = cast(case when [events].[n] > 3 then 1 when not [events].[n] > 3 then 0 end as bit)
    or [events].[flag] is null
    and cast(case when [events].[n] > 3 then 1 when not [events].[n] > 3 then 0 end as bit) is null then 1
    else 0
  end = 0 then 0
end as bit)

-- select id from events where flag is true
select [events].[id]
from [events]
where exists (select cast([events].[flag] as bit) intersect select cast(1 as bit))

-- select id from events where flag is not true
select [events].[id]
from [events]
where not exists (select cast([events].[flag] as bit) intersect select cast(1 as bit))

-- select id from events where n between -5 and 5 and x not between 0 and 1
select [events].[id]
from [events]
where [events].[n] between -5 and 5 and not [events].[x] between 0 and 1

-- select id from events where n in (1, 2, 3) or customer not in (1, 2)
select [events].[id]
from [events]
where [events].[n] in (1, 2, 3) or [events].[customer] not in (1, 2)

-- select id from events where (customer, n) in ((1, 2), (2, 3), (0, -20))
select [events].[id]
from [events]
where (([events].[customer] = 1 and [events].[n] = 2) or ([events].[customer] = 2 and [events].[n] = 3) or ([events].[customer] = 0 and [events].[n] = -20))

-- select id, case when n > 5 then 1 when n > 0 then 2 end, case customer when 1 then 10 when 2 then 20 else 0 end from events
select
  [events].[id],
  case when [events].[n] > 5 then 1 when [events].[n] > 0 then 2 end as [case],
  case when [events].[customer] = 1 then 10 when [events].[customer] = 2 then 20 else 0 end as [case_1]
from [events]

-- select id, coalesce(n, customer, 0), ifnull(x, 0), nullif(n, 1), if(flag, 1, 2) from events
select
  [events].[id],
  coalesce([events].[n], [events].[customer], 0) as [special],
  coalesce([events].[x], 0) as [special_1],
  nullif([events].[n], 1) as [nullif],
  case when [events].[flag] = 1 then 1 else 2 end as [case]
from [events]

-- select id, n = 1, n <> 1, n < 1, n >= 1 from events
select
  [events].[id],
  cast(case when [events].[n] = 1 then 1 when not [events].[n] = 1 then 0 end as bit) as [comparison],
  cast(case when [events].[n] <> 1 then 1 when not [events].[n] <> 1 then 0 end as bit) as [comparison_1],
  cast(case when [events].[n] < 1 then 1 when not [events].[n] < 1 then 0 end as bit) as [comparison_2],
  cast(case when [events].[n] >= 1 then 1 when not [events].[n] >= 1 then 0 end as bit) as [comparison_3]
from [events]
