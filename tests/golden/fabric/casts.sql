-- select id, cast(x as integer), cast(x as bigint), cast(amount as integer) from events
select
  [events].[id],
  cast(case when [events].[x] - floor([events].[x]) = 0.5 then 2 * round([events].[x] / 2, 0) else round([events].[x], 0) end as int) as [cast],
  cast(case when [events].[x] - floor([events].[x]) = 0.5 then 2 * round([events].[x] / 2, 0) else round([events].[x], 0) end as bigint) as [cast_1],
  cast(round([events].[amount], 0) as int) as [cast_2]
from [events]

-- select cast('12' as integer), cast('-7' as bigint), cast('2024-02-29' as date), cast('2024-02-29 12:30:00' as timestamp)
select
  cast('12' as int) as [cast],
  cast('-7' as bigint) as [cast_1],
  cast('2024-02-29' as date) as [cast_2],
  cast('2024-02-29 12:30:00' as datetime2(6)) as [cast_3]

-- select id, cast(n as varchar), cast(day as varchar), cast(flag as varchar) from events
select
  [events].[id],
  cast([events].[n] as varchar(8000)) as [cast],
  convert(varchar(10), [events].[day], 23) as [cast_1],
  case [events].[flag] when 1 then 'true' when 0 then 'false' end as [cast_2]
from [events]

-- select id, cast(n as double), cast(n as decimal(10, 2)), cast(x as decimal(10, 1)) from events
select
  [events].[id],
  cast([events].[n] as float) as [cast],
  cast([events].[n] as decimal(10, 2)) as [cast_1],
  cast([events].[x] as decimal(10, 1)) as [cast_2]
from [events]

-- select id, cast(ts as date), cast(day as timestamp), cast(flag as integer), cast(n as boolean) from events
select
  [events].[id],
  cast([events].[ts] as date) as [cast],
  cast([events].[day] as datetime2(6)) as [cast_1],
  cast([events].[flag] as int) as [cast_2],
  cast([events].[n] as bit) as [cast_3]
from [events]

-- select try_cast('x' as integer), try_cast('12' as integer)
select
  try_cast('x' as int) as [cast],
  try_cast('12' as int) as [cast_1]

-- select id, cast(ts as varchar), cast(ts + to_milliseconds(id * 50) as varchar) from events
select
  [events].[id],
  convert(varchar(19), [events].[ts], 120) + case when datepart(microsecond, [events].[ts]) = 0 then '' else '.' + replace(rtrim(replace(right('000000' + cast(datepart(microsecond, [events].[ts]) as varchar(6)), 6), '0', ' ')), ' ', '0') end as [cast],
  convert(varchar(19), dateadd(millisecond, (([events].[id] * 50)), cast([events].[ts] as datetime2(6))), 120) + case when datepart(microsecond, dateadd(millisecond, (([events].[id] * 50)), cast([events].[ts] as datetime2(6)))) = 0 then '' else '.' + replace(rtrim(replace(right('000000' + cast(datepart(microsecond, dateadd(millisecond, (([events].[id] * 50)), cast([events].[ts] as datetime2(6)))) as varchar(6)), 6), '0', ' ')), ' ', '0') end as [cast_1]
from [events]

-- select try_cast(t as integer), try_cast(t as double) from (values ('12.5'), ('-2.5'), (''), ('7'), ('abc'), (null)) as v(t)
select
  coalesce(try_cast(nullif([v].[t], '') as int), try_cast(round(try_cast(nullif([v].[t], '') as float), 0) as int)) as [cast],
  try_cast(nullif([v].[t], '') as float) as [cast_1]
from
  (
    select [valueslist].[col0]
    from (values ('12.5'), ('-2.5'), (''), ('7'), ('abc'), (null)) as [valueslist]([col0])
  ) as [v]([t])

-- select id, n::smallint, x::float from events
select
  [events].[id],
  cast([events].[n] as smallint) as [cast],
  cast([events].[x] as real) as [cast_1]
from [events]
