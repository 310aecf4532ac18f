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

-- select id, n::smallint, x::float from events
select
  [events].[id],
  cast([events].[n] as smallint) as [cast],
  cast([events].[x] as real) as [cast_1]
from [events]
