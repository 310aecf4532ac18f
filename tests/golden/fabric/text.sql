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
-- refused: lpad(): no equal function is known; compute it in a DuckDB model upstream, or write it with other functions
-- refused: rpad(): no equal function is known; compute it in a DuckDB model upstream, or write it with other functions

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
    when left([events].[name], len('al' + 'x') - 1) = 'al' then 1
    when not left([events].[name], len('al' + 'x') - 1) = 'al' then 0
  end as bit) as [starts_with],
  cast(case
    when right([events].[name], len('a' + 'x') - 1) = 'a' then 1
    when not right([events].[name], len('a' + 'x') - 1) = 'a' then 0
  end as bit) as [ends_with]
from [events]

-- select id, regexp_matches(name, '^[a-z]+$'), regexp_full_match(name, '[A-Za-z]+') from events
-- refused: regexp_matches(): no equal function is known; compute it in a DuckDB model upstream, or write it with other functions
-- refused: regexp_full_match(): no equal function is known; compute it in a DuckDB model upstream, or write it with other functions

-- select id, regexp_replace(name, '[aeiou]', '.', 'g'), regexp_extract(name, '([a-z])([a-z])', 2) from events
-- refused: regexp_replace(): no equal function is known; compute it in a DuckDB model upstream, or write it with other functions
-- refused: regexp_extract(): no equal function is known; compute it in a DuckDB model upstream, or write it with other functions

-- select id, split_part(name, '_', 1), split_part(name, '_', 2) from events
-- refused: split_part(): no equal function is known; compute it in a DuckDB model upstream, or write it with other functions
-- refused: split_part(): no equal function is known; compute it in a DuckDB model upstream, or write it with other functions

-- select id, md5(name), ascii(name), chr(65 + id % 26) from events
select
  [events].[id],
  lower(convert(varchar(32), hashbytes('MD5', [events].[name]), 2)) as [md5],
  ascii([events].[name]) as [ascii],
  nchar((65 + ([events].[id] % nullif(26, 0)))) as [chr]
from [events]

-- select id, name = 'alpha', name < 'b', ' pad ' = 'pad' from events
select
  [events].[id],
  cast(case when [events].[name] = 'alpha' then 1 when not [events].[name] = 'alpha' then 0 end as bit) as [comparison],
  cast(case when [events].[name] < 'b' then 1 when not [events].[name] < 'b' then 0 end as bit) as [comparison_1],
  cast(case when ' pad ' = 'pad' then 1 when not ' pad ' = 'pad' then 0 end as bit) as [comparison_2]
from [events]
