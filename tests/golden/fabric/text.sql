-- select id, upper(name), lower(name), length(name), reverse(name) from events
select
  [events].[id],
  upper([events].[name]) as [upper],
  lower([events].[name]) as [lower],
  cast(len([events].[name] + 'x') - 1 as bigint) as [length],
  reverse([events].[name]) as [reverse]
from [events]

-- select id, name || '!' || id, concat(name, '-', n), concat_ws('/', name, customer::varchar, 'z') from events
select
  [events].[id],
  (([events].[name] + '!') + cast([events].[id] as varchar(20))) as [||],
  concat([events].[name], '-', cast([events].[n] as varchar(20))) as [concat],
  concat_ws('/', [events].[name], cast([events].[customer] as varchar(8000)), 'z') as [concat_ws]
from [events]

-- select id, substring(name, 2, 3), substring(name, 2), left(name, 2), right(name, 2) from events
select
  [events].[id],
  substring([events].[name], 2, 3) as [substring],
  substring([events].[name], 2, 8000) as [substring_1],
  left([events].[name], 2) as [left],
  right([events].[name], 2) as [right]
from [events]

-- select id, trim(name), ltrim(name), rtrim(name), trim(name, 'a ') from events
-- refused: trim(): other characters are trimmed by newer servers only; use replace()

-- select id, replace(name, 'a', 'ü'), lpad(name, 8, '*'), rpad(name, 8, '*'), repeat(name, 2) from events
select
  [events].[id],
  replace([events].[name], 'a', 'ü') as [replace],
  case when len([events].[name] + 'x') - 1 >= 8 then left([events].[name], 8) else left(replicate('*', 8), 8 - (len([events].[name] + 'x') - 1)) + [events].[name] end as [lpad],
  case when len([events].[name] + 'x') - 1 >= 8 then left([events].[name], 8) else [events].[name] + left(replicate('*', 8), 8 - (len([events].[name] + 'x') - 1)) end as [rpad],
  replicate([events].[name], case when 2 < 0 then 0 else 2 end) as [repeat]
from [events]

-- select id from events where name like 'a%'
select [events].[id]
from [events]
where [events].[name] like 'a%'

-- select id from events where name like '%\_%'
select [events].[id]
from [events]
where [events].[name] like '%\_%'

-- select id from events where name like '%!_%' escape '!'
select [events].[id]
from [events]
where [events].[name] like '%!_%' escape '!'

-- select id from events where name like '50!%' escape '!'
select [events].[id]
from [events]
where [events].[name] like '50!%' escape '!'

-- select id from events where name not like '%a%'
select [events].[id]
from [events]
where [events].[name] not like '%a%'

-- select id from events where name ilike 'B%' or name like 'ñ%'
select [events].[id]
from [events]
where lower([events].[name]) like 'b%' or [events].[name] like 'ñ%'

-- select id, strpos(name, 'a'), position('e' in name), contains(name, 'an'), starts_with(name, 'al'), ends_with(name, 'a') from events
select
  [events].[id],
  cast(charindex('a', [events].[name]) as bigint) as [strpos],
  cast(charindex('e', [events].[name]) as bigint) as [position],
  cast(case
    when charindex('an', [events].[name]) > 0 then 1
    when not charindex('an', [events].[name]) > 0 then 0
  end as bit) as [contains],
  cast(case
    when charindex('al', [events].[name]) = 1 then 1
    when not charindex('al', [events].[name]) = 1 then 0
  end as bit) as [starts_with],
  cast(case
    when charindex(reverse('a'), reverse([events].[name])) = 1 then 1
    when not charindex(reverse('a'), reverse([events].[name])) = 1 then 0
  end as bit) as [ends_with]
from [events]

-- select id, regexp_matches(name, '^[a-z]+$'), regexp_full_match(name, '[A-Za-z]+') from events
-- refused: regexp_matches(): a warehouse has no regular expressions; use like, contains, starts_with or split_part
-- refused: regexp_full_match(): a warehouse has no regular expressions; use like, contains, starts_with or split_part

-- select id, regexp_replace(name, '[aeiou]', '.', 'g'), regexp_extract(name, '([a-z])([a-z])', 2) from events
-- refused: regexp_replace(): a warehouse has no regular expressions; use like, contains, starts_with or split_part
-- refused: regexp_extract(): a warehouse has no regular expressions; use like, contains, starts_with or split_part

-- select id, split_part(name, '_', 1), split_part(name, '_', 2) from events
select
  [events].[id],
  left([events].[name], charindex('_', [events].[name] + '_') - 1) as [split_part],
  left(case when charindex('_', [events].[name]) = 0 then '' else substring([events].[name], charindex('_', [events].[name]) + 1, 8000) end, charindex('_', case when charindex('_', [events].[name]) = 0 then '' else substring([events].[name], charindex('_', [events].[name]) + 1, 8000) end + '_') - 1) as [split_part_1]
from [events]

-- select id, split_part(name, 'a', 3), lpad(name, 3, 'xy'), rpad(name, 7, 'xy') from events
select
  [events].[id],
  left(case when charindex('a', case when charindex('a', [events].[name]) = 0 then '' else substring([events].[name], charindex('a', [events].[name]) + 1, 8000) end) = 0 then '' else substring(case when charindex('a', [events].[name]) = 0 then '' else substring([events].[name], charindex('a', [events].[name]) + 1, 8000) end, charindex('a', case when charindex('a', [events].[name]) = 0 then '' else substring([events].[name], charindex('a', [events].[name]) + 1, 8000) end) + 1, 8000) end, charindex('a', case when charindex('a', case when charindex('a', [events].[name]) = 0 then '' else substring([events].[name], charindex('a', [events].[name]) + 1, 8000) end) = 0 then '' else substring(case when charindex('a', [events].[name]) = 0 then '' else substring([events].[name], charindex('a', [events].[name]) + 1, 8000) end, charindex('a', case when charindex('a', [events].[name]) = 0 then '' else substring([events].[name], charindex('a', [events].[name]) + 1, 8000) end) + 1, 8000) end + 'a') - 1) as [split_part],
  case when len([events].[name] + 'x') - 1 >= 3 then left([events].[name], 3) else left(replicate('xy', 3), 3 - (len([events].[name] + 'x') - 1)) + [events].[name] end as [lpad],
  case when len([events].[name] + 'x') - 1 >= 7 then left([events].[name], 7) else [events].[name] + left(replicate('xy', 7), 7 - (len([events].[name] + 'x') - 1)) end as [rpad]
from [events]

-- select id, starts_with(name, 'a'), contains(name, ' '), ends_with(name, ' ') from events
select
  [events].[id],
  cast(case
    when charindex('a', [events].[name]) = 1 then 1
    when not charindex('a', [events].[name]) = 1 then 0
  end as bit) as [starts_with],
  cast(case
    when charindex(' ', [events].[name]) > 0 then 1
    when not charindex(' ', [events].[name]) > 0 then 0
  end as bit) as [contains],
  cast(case
    when charindex(reverse(' '), reverse([events].[name])) = 1 then 1
    when not charindex(reverse(' '), reverse([events].[name])) = 1 then 0
  end as bit) as [ends_with]
from [events]

-- select id, ts + interval 1 second, ts - interval 90 second, ts + to_minutes(id) from events
select
  [events].[id],
  dateadd(second, 1, cast([events].[ts] as datetime2(6))) as [+],
  dateadd(second, -90, cast([events].[ts] as datetime2(6))) as [-],
  dateadd(minute, ([events].[id]), cast([events].[ts] as datetime2(6))) as [+_1]
from [events]

-- select id, md5(name), ascii(name), chr(65 + id % 26) from events
select
  [events].[id],
  lower(convert(varchar(32), hashbytes('MD5', cast([events].[name] as varchar(8000))), 2)) as [md5],
  case when datalength([events].[name]) = 0 then 0 else unicode([events].[name]) end as [ascii],
  nchar((65 + ([events].[id] % 26))) as [chr]
from [events]

-- select id, name = 'alpha', name < 'b', ' pad ' = 'pad' from events
select
  [events].[id],
  cast(case when [events].[name] = 'alpha' then 1 when not [events].[name] = 'alpha' then 0 end as bit) as [comparison],
  cast(case when [events].[name] < 'b' then 1 when not [events].[name] < 'b' then 0 end as bit) as [comparison_1],
  cast(case when ' pad ' = 'pad' then 1 when not ' pad ' = 'pad' then 0 end as bit) as [comparison_2]
from [events]
