-- select customer from events union select customer from customers
select [events].[customer]
from [events]
union
select [customers].[customer]
from [customers]

-- select customer from events union all select customer from customers
select [events].[customer]
from [events]
union all
select [customers].[customer]
from [customers]

-- select customer, n from events union all by name select id as n, customer from events
select [_left].[customer], [_left].[n]
from
  (
    select [events].[customer], [events].[n]
    from [events]
  ) as [_left]
union all
select [_right].[customer], [_right].[n]
from
  (
    select [events].[id] as [n], [events].[customer]
    from [events]
  ) as [_right]

-- select customer, flag from events union by name select customer, tier from customers
select [_left].[customer], [_left].[flag], null as [tier]
from
  (
    select [events].[customer], [events].[flag]
    from [events]
  ) as [_left]
union
select [_right].[customer], null as [flag], [_right].[tier]
from
  (
    select [customers].[customer], [customers].[tier]
    from [customers]
  ) as [_right]

-- select customer from customers except select customer from events where customer > 1
select [customers].[customer]
from [customers]
except
select [events].[customer]
from [events]
where [events].[customer] > 1

-- select customer from events intersect select customer from customers
select [events].[customer]
from [events]
intersect
select [customers].[customer]
from [customers]

-- select customer from events except all select customer from customers
select [_numbered].[customer]
from
  (
    select
      [_left].[customer],
      row_number() over (partition by [_left].[customer] order by (select null)) as [_copy]
    from
      (
        select [events].[customer]
        from [events]
      ) as [_left]
    except
    select
      [_right].[customer],
      row_number() over (partition by [_right].[customer] order by (select null)) as [_copy]
    from
      (
        select [customers].[customer]
        from [customers]
      ) as [_right]
  ) as [_numbered]

-- select customer, flag from events intersect all select customer, true from events where id % 2 = 0
select [_numbered].[customer], [_numbered].[flag]
from
  (
    select
      [_left].[customer],
      [_left].[flag],
      row_number() over (partition by [_left].[customer], [_left].[flag] order by (select null)) as [_copy]
    from
      (
        select [events].[customer], [events].[flag]
        from [events]
      ) as [_left]
    intersect
    select
      [_right].[customer],
      [_right].[literal],
      row_number() over (partition by [_right].[customer], [_right].[literal] order by (select null)) as [_copy]
    from
      (
        select [events].[customer], cast(1 as bit) as [literal]
        from [events]
        where ([events].[id] % 2) = 0
      ) as [_right]
  ) as [_numbered]

-- select customer from events intersect all select customer from customers
select [_numbered].[customer]
from
  (
    select
      [_left].[customer],
      row_number() over (partition by [_left].[customer] order by (select null)) as [_copy]
    from
      (
        select [events].[customer]
        from [events]
      ) as [_left]
    intersect
    select
      [_right].[customer],
      row_number() over (partition by [_right].[customer] order by (select null)) as [_copy]
    from
      (
        select [customers].[customer]
        from [customers]
      ) as [_right]
  ) as [_numbered]

-- (select id from events order by id limit 3) union all (select customer from customers)
select [_left].[id]
from
  (
    select top (3) [events].[id]
    from [events]
    order by case when [events].[id] is null then 1 else 0 end, [events].[id]
  ) as [_left]
union all
select [customers].[customer]
from [customers]

-- select * from (values (1, 'a'), (2, null), (3, 'c')) as v(k, s)
select [v].[k], [v].[s]
from
  (
    select [valueslist].[col0], [valueslist].[col1]
    from (values (1, 'a'), (2, null), (3, 'c')) as [valueslist]([col0], [col1])
  ) as [v]([k], [s])
