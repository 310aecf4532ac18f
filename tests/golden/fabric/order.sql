-- select id, n from events order by n, id limit 10
select top (10) [events].[id], [events].[n]
from [events]
order by case when [events].[n] is null then 1 else 0 end, [events].[n],
case when [events].[id] is null then 1 else 0 end, [events].[id]

-- select id, n from events order by n desc, id limit 10
select top (10) [events].[id], [events].[n]
from [events]
order by [events].[n] desc,
case when [events].[id] is null then 1 else 0 end, [events].[id]

-- select id, n from events order by n nulls first, id desc limit 10 offset 5
select [events].[id], [events].[n]
from [events]
order by [events].[n], [events].[id] desc
offset 5 rows
fetch next 10 rows only

-- select customer, id from events order by 1, 2 desc limit 8
select top (8) [events].[customer], [events].[id]
from [events]
order by case when [events].[customer] is null then 1 else 0 end, [events].[customer],
[events].[id] desc

-- select customer, flag from events order by all limit 12
select top (12) [events].[customer], [events].[flag]
from [events]
order by case when [events].[customer] is null then 1 else 0 end, [events].[customer],
case when [events].[flag] is null then 1 else 0 end, [events].[flag]

-- select id, x from events order by abs(x) desc, id limit 5
select top (5) [events].[id], [events].[x]
from [events]
order by abs([events].[x]) desc,
case when [events].[id] is null then 1 else 0 end, [events].[id]
