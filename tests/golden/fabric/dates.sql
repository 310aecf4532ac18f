-- select id, date_trunc('day', ts), date_trunc('week', ts), date_trunc('month', ts), date_trunc('quarter', ts), date_trunc('year', ts), date_trunc('hour', ts) from events
select
  [events].[id],
  datetrunc(day, cast([events].[ts] as datetime2(6))) as [date_trunc],
  datetrunc(iso_week, cast([events].[ts] as datetime2(6))) as [date_trunc_1],
  datetrunc(month, cast([events].[ts] as datetime2(6))) as [date_trunc_2],
  datetrunc(quarter, cast([events].[ts] as datetime2(6))) as [date_trunc_3],
  datetrunc(year, cast([events].[ts] as datetime2(6))) as [date_trunc_4],
  datetrunc(hour, cast([events].[ts] as datetime2(6))) as [date_trunc_5]
from [events]

-- select id, date_trunc('week', day), date_trunc('month', day) from events
select
  [events].[id],
  datetrunc(iso_week, cast([events].[day] as datetime2(6))) as [date_trunc],
  datetrunc(month, cast([events].[day] as datetime2(6))) as [date_trunc_1]
from [events]

-- select id, year(ts), quarter(ts), month(ts), day(ts), hour(ts), minute(ts), second(ts) from events
select
  [events].[id],
  cast(datepart(year, [events].[ts]) as bigint) as [year],
  cast(datepart(quarter, [events].[ts]) as bigint) as [quarter],
  cast(datepart(month, [events].[ts]) as bigint) as [month],
  cast(datepart(day, [events].[ts]) as bigint) as [day],
  cast(datepart(hour, [events].[ts]) as bigint) as [hour],
  cast(datepart(minute, [events].[ts]) as bigint) as [minute],
  cast(datepart(second, [events].[ts]) as bigint) as [second]
from [events]

-- select id, extract(year from day), extract(dow from day), extract(isodow from day), extract(doy from day), extract(week from day) from events
select
  [events].[id],
  cast(datepart(year, [events].[day]) as bigint) as [date_part],
  cast(((datediff(day, cast('1900-01-07' as date), [events].[day]) % 7) + 7) % 7 as bigint) as [date_part_1],
  cast((((datediff(day, cast('1900-01-08' as date), [events].[day]) % 7) + 7) % 7) + 1 as bigint) as [date_part_2],
  cast(datepart(dayofyear, [events].[day]) as bigint) as [date_part_3],
  cast(datepart(iso_week, [events].[day]) as bigint) as [date_part_4]
from [events]

-- select id, date_part('month', day), dayofweek(day), dayofyear(day), weekofyear(day), dayname(day), monthname(day) from events
select
  [events].[id],
  cast(datepart(month, [events].[day]) as bigint) as [date_part],
  cast(((datediff(day, cast('1900-01-07' as date), [events].[day]) % 7) + 7) % 7 as bigint) as [dayofweek],
  cast(datepart(dayofyear, [events].[day]) as bigint) as [dayofyear],
  cast(datepart(iso_week, [events].[day]) as bigint) as [weekofyear],
  case ((datediff(day, cast('1900-01-07' as date), [events].[day]) % 7) + 7) % 7 when 0 then 'Sunday' when 1 then 'Monday' when 2 then 'Tuesday' when 3 then 'Wednesday' when 4 then 'Thursday' when 5 then 'Friday' when 6 then 'Saturday' end as [dayname],
  case datepart(month, [events].[day]) when 1 then 'January' when 2 then 'February' when 3 then 'March' when 4 then 'April' when 5 then 'May' when 6 then 'June' when 7 then 'July' when 8 then 'August' when 9 then 'September' when 10 then 'October' when 11 then 'November' when 12 then 'December' end as [monthname]
from [events]

-- select id, day + 3, day - 3, day + interval 1 day, day - interval 2 month from events
select
  [events].[id],
  dateadd(day, (3), [events].[day]) as [+],
  dateadd(day, -(3), [events].[day]) as [-],
  dateadd(day, 1, cast([events].[day] as datetime2(6))) as [+_1],
  dateadd(month, -2, cast([events].[day] as datetime2(6))) as [-_1]
from [events]

-- select id, ts + interval 3 day, ts - interval 5 hour, ts + interval '1 month', ts + interval '1 day 2 hours' from events
select
  [events].[id],
  dateadd(day, 3, cast([events].[ts] as datetime2(6))) as [+],
  dateadd(hour, -5, cast([events].[ts] as datetime2(6))) as [-],
  dateadd(month, 1, cast([events].[ts] as datetime2(6))) as [+_1],
  dateadd(hour, 2, dateadd(day, 1, cast([events].[ts] as datetime2(6)))) as [+_2]
from [events]

-- select id, ts + to_days(n), ts + interval (n) hour, day + n from events
select
  [events].[id],
  dateadd(day, ([events].[n]), cast([events].[ts] as datetime2(6))) as [+],
  dateadd(hour, ([events].[n]), cast([events].[ts] as datetime2(6))) as [+_1],
  dateadd(day, ([events].[n]), [events].[day]) as [+_2]
from [events]

-- select date '2024-01-31' + interval 1 month, date '2024-03-31' - interval 1 month, timestamp '2024-02-29' + interval 1 year, timestamp '2023-12-31 23:59:59' + interval 1 second
select
  dateadd(month, 1, cast(cast('2024-01-31' as date) as datetime2(6))) as [+],
  dateadd(month, -1, cast(cast('2024-03-31' as date) as datetime2(6))) as [-],
  dateadd(year, 1, cast(cast('2024-02-29' as datetime2(6)) as datetime2(6))) as [+_1],
  dateadd(second, 1, cast(cast('2023-12-31 23:59:59' as datetime2(6)) as datetime2(6))) as [+_2]

-- select id, date_diff('day', day, ts::date), date_diff('month', day, ts::date), date_diff('year', day, ts::date), date_diff('week', day, ts::date), date_diff('quarter', day, ts::date) from events
select
  [events].[id],
  datediff_big(day, [events].[day], cast([events].[ts] as date)) as [date_diff],
  datediff_big(month, [events].[day], cast([events].[ts] as date)) as [date_diff_1],
  datediff_big(year, [events].[day], cast([events].[ts] as date)) as [date_diff_2],
  cast(datediff(day, [events].[day], cast([events].[ts] as date)) / 7 as bigint) as [date_diff_3],
  datediff_big(quarter, [events].[day], cast([events].[ts] as date)) as [date_diff_4]
from [events]

-- select id, date_diff('hour', day::timestamp, ts), date_diff('minute', day::timestamp, ts), date_diff('second', day::timestamp, ts) from events
select
  [events].[id],
  datediff_big(hour, cast([events].[day] as datetime2(6)), [events].[ts]) as [date_diff],
  datediff_big(minute, cast([events].[day] as datetime2(6)), [events].[ts]) as [date_diff_1],
  datediff_big(second, cast([events].[day] as datetime2(6)), [events].[ts]) as [date_diff_2]
from [events]

-- select date_diff('week', date '2024-01-05', date '2024-01-10'), date_diff('week', date '2024-01-07', date '2024-01-08'), date_diff('week', date '2024-01-10', date '2024-01-05')
select
  cast(datediff(day, cast('2024-01-05' as date), cast('2024-01-10' as date)) / 7 as bigint) as [date_diff],
  cast(datediff(day, cast('2024-01-07' as date), cast('2024-01-08' as date)) / 7 as bigint) as [date_diff_1],
  cast(datediff(day, cast('2024-01-10' as date), cast('2024-01-05' as date)) / 7 as bigint) as [date_diff_2]

-- select date_diff('month', date '2024-01-31', date '2024-02-01'), date_diff('year', date '2023-12-31', date '2024-01-01'), date_diff('day', timestamp '2024-01-01 23:00', timestamp '2024-01-02 01:00')
select
  datediff_big(month, cast('2024-01-31' as date), cast('2024-02-01' as date)) as [date_diff],
  datediff_big(year, cast('2023-12-31' as date), cast('2024-01-01' as date)) as [date_diff_1],
  datediff_big(day, cast('2024-01-01 23:00' as datetime2(6)), cast('2024-01-02 01:00' as datetime2(6))) as [date_diff_2]

-- select id, date_sub('month', day, ts::date), date_sub('day', day::timestamp, ts), date_sub('year', day, ts::date) from events
select
  [events].[id],
  (case when cast([events].[day] as datetime2(6)) <= cast(cast([events].[ts] as date) as datetime2(6)) then (datediff_big(month, cast([events].[day] as datetime2(6)), cast(cast([events].[ts] as date) as datetime2(6))) - case when dateadd(month, datediff_big(month, cast([events].[day] as datetime2(6)), cast(cast([events].[ts] as date) as datetime2(6))), cast([events].[day] as datetime2(6))) > cast(cast([events].[ts] as date) as datetime2(6)) then 1 else 0 end) else -(datediff_big(month, cast(cast([events].[ts] as date) as datetime2(6)), cast([events].[day] as datetime2(6))) - case when dateadd(month, datediff_big(month, cast(cast([events].[ts] as date) as datetime2(6)), cast([events].[day] as datetime2(6))), cast(cast([events].[ts] as date) as datetime2(6))) > cast([events].[day] as datetime2(6)) then 1 else 0 end) end) as [date_sub],
  (case when cast(cast([events].[day] as datetime2(6)) as datetime2(6)) <= cast([events].[ts] as datetime2(6)) then (datediff_big(day, cast(cast([events].[day] as datetime2(6)) as datetime2(6)), cast([events].[ts] as datetime2(6))) - case when dateadd(day, datediff_big(day, cast(cast([events].[day] as datetime2(6)) as datetime2(6)), cast([events].[ts] as datetime2(6))), cast(cast([events].[day] as datetime2(6)) as datetime2(6))) > cast([events].[ts] as datetime2(6)) then 1 else 0 end) else -(datediff_big(day, cast([events].[ts] as datetime2(6)), cast(cast([events].[day] as datetime2(6)) as datetime2(6))) - case when dateadd(day, datediff_big(day, cast([events].[ts] as datetime2(6)), cast(cast([events].[day] as datetime2(6)) as datetime2(6))), cast([events].[ts] as datetime2(6))) > cast(cast([events].[day] as datetime2(6)) as datetime2(6)) then 1 else 0 end) end) as [date_sub_1],
  (case when cast([events].[day] as datetime2(6)) <= cast(cast([events].[ts] as date) as datetime2(6)) then (datediff_big(year, cast([events].[day] as datetime2(6)), cast(cast([events].[ts] as date) as datetime2(6))) - case when dateadd(year, datediff_big(year, cast([events].[day] as datetime2(6)), cast(cast([events].[ts] as date) as datetime2(6))), cast([events].[day] as datetime2(6))) > cast(cast([events].[ts] as date) as datetime2(6)) then 1 else 0 end) else -(datediff_big(year, cast(cast([events].[ts] as date) as datetime2(6)), cast([events].[day] as datetime2(6))) - case when dateadd(year, datediff_big(year, cast(cast([events].[ts] as date) as datetime2(6)), cast([events].[day] as datetime2(6))), cast(cast([events].[ts] as date) as datetime2(6))) > cast([events].[day] as datetime2(6)) then 1 else 0 end) end) as [date_sub_2]
from [events]

-- select a, b, date_sub('month', a, b), date_sub('quarter', a, b), date_sub('year', a, b) from (values (timestamp '2024-01-31 23:00', timestamp '2024-02-29 23:30'), (timestamp '2024-02-29 23:30', timestamp '2024-01-31 23:00'), (timestamp '2024-03-31', timestamp '2024-02-29'), (timestamp '2024-02-29', timestamp '2025-02-28'), (timestamp '2025-02-28', timestamp '2024-02-29 00:01'), (timestamp '2024-05-30 10:00', timestamp '2024-02-29 09:00')) as t(a, b)
select
  [t].[a],
  [t].[b],
  (case when cast([t].[a] as datetime2(6)) <= cast([t].[b] as datetime2(6)) then (datediff_big(month, cast([t].[a] as datetime2(6)), cast([t].[b] as datetime2(6))) - case when dateadd(month, datediff_big(month, cast([t].[a] as datetime2(6)), cast([t].[b] as datetime2(6))), cast([t].[a] as datetime2(6))) > cast([t].[b] as datetime2(6)) then 1 else 0 end) else -(datediff_big(month, cast([t].[b] as datetime2(6)), cast([t].[a] as datetime2(6))) - case when dateadd(month, datediff_big(month, cast([t].[b] as datetime2(6)), cast([t].[a] as datetime2(6))), cast([t].[b] as datetime2(6))) > cast([t].[a] as datetime2(6)) then 1 else 0 end) end) as [date_sub],
  (case when cast([t].[a] as datetime2(6)) <= cast([t].[b] as datetime2(6)) then (datediff_big(quarter, cast([t].[a] as datetime2(6)), cast([t].[b] as datetime2(6))) - case when dateadd(quarter, datediff_big(quarter, cast([t].[a] as datetime2(6)), cast([t].[b] as datetime2(6))), cast([t].[a] as datetime2(6))) > cast([t].[b] as datetime2(6)) then 1 else 0 end) else -(datediff_big(quarter, cast([t].[b] as datetime2(6)), cast([t].[a] as datetime2(6))) - case when dateadd(quarter, datediff_big(quarter, cast([t].[b] as datetime2(6)), cast([t].[a] as datetime2(6))), cast([t].[b] as datetime2(6))) > cast([t].[a] as datetime2(6)) then 1 else 0 end) end) as [date_sub_1],
  (case when cast([t].[a] as datetime2(6)) <= cast([t].[b] as datetime2(6)) then (datediff_big(year, cast([t].[a] as datetime2(6)), cast([t].[b] as datetime2(6))) - case when dateadd(year, datediff_big(year, cast([t].[a] as datetime2(6)), cast([t].[b] as datetime2(6))), cast([t].[a] as datetime2(6))) > cast([t].[b] as datetime2(6)) then 1 else 0 end) else -(datediff_big(year, cast([t].[b] as datetime2(6)), cast([t].[a] as datetime2(6))) - case when dateadd(year, datediff_big(year, cast([t].[b] as datetime2(6)), cast([t].[a] as datetime2(6))), cast([t].[b] as datetime2(6))) > cast([t].[a] as datetime2(6)) then 1 else 0 end) end) as [date_sub_2]
from
  (
    select [valueslist].[col0], [valueslist].[col1]
    from
      (
        values (cast('2024-01-31 23:00' as datetime2(6)), cast('2024-02-29 23:30' as datetime2(6))),
        (cast('2024-02-29 23:30' as datetime2(6)), cast('2024-01-31 23:00' as datetime2(6))),
        (cast('2024-03-31' as datetime2(6)), cast('2024-02-29' as datetime2(6))),
        (cast('2024-02-29' as datetime2(6)), cast('2025-02-28' as datetime2(6))),
        (cast('2025-02-28' as datetime2(6)), cast('2024-02-29 00:01' as datetime2(6))),
        (cast('2024-05-30 10:00' as datetime2(6)), cast('2024-02-29 09:00' as datetime2(6)))
      ) as [valueslist]([col0], [col1])
  ) as [t]([a], [b])

-- select id, day - date '2024-01-01' as since, epoch(ts), epoch_ms(ts) from events
select
  [events].[id],
  cast(datediff(day, cast('2024-01-01' as date), [events].[day]) as bigint) as [since],
  (datediff_big(microsecond, cast('1970-01-01' as datetime2(6)), [events].[ts]) / 1000000.0e0) as [epoch],
  (datediff_big(microsecond, cast('1970-01-01' as datetime2(6)), [events].[ts]) / 1000) as [epoch_ms]
from [events]

-- select id, strftime(ts, '%Y-%m-%d'), strftime(ts, '%H:%M:%S'), strftime(day, '%d/%m/%y') from events
select
  [events].[id],
  convert(varchar(10), cast([events].[ts] as datetime2(6)), 23) as [strftime],
  convert(varchar(8), cast([events].[ts] as datetime2(6)), 108) as [strftime_1],
  (right('00' + cast(datepart(day, cast([events].[day] as datetime2(6))) as varchar(4)), 2) + '/' + right('00' + cast(datepart(month, cast([events].[day] as datetime2(6))) as varchar(4)), 2) + '/' + right('00' + cast(datepart(year, cast([events].[day] as datetime2(6))) as varchar(4)), 2)) as [strftime_2]
from [events]

-- select strptime('2024-02-29 01:02:03', '%Y-%m-%d %H:%M:%S'), make_date(2024, 2, 29), last_day(date '2024-02-10')
select
  convert(datetime2(6), '2024-02-29 01:02:03', 120) as [strptime],
  datefromparts(2024, 2, 29) as [make_date],
  eomonth(cast('2024-02-10' as date)) as [last_day]

-- select id, ts at time zone 'UTC', ts::timestamptz at time zone 'UTC' from events
select
  [events].[id],
  cast([events].[ts] as datetime2(6)) as [timezone],
  cast(cast([events].[ts] as datetime2(6)) as datetime2(6)) as [timezone_1]
from [events]

-- select id from events where ts >= timestamp '2024-02-10' and ts < timestamp '2024-02-10' + interval 30 day
select [events].[id]
from [events]
where
  [events].[ts] >= cast('2024-02-10' as datetime2(6))
  and [events].[ts] < dateadd(day, 30, cast(cast('2024-02-10' as datetime2(6)) as datetime2(6)))

-- select id from events where day > date '2024-02-15' and ts::date <= date '2024-03-01'
select [events].[id]
from [events]
where
  [events].[day] > cast('2024-02-15' as date)
  and cast([events].[ts] as date) <= cast('2024-03-01' as date)

-- select id, ts < day, day = ts::date, ts between day and day + interval 7 day from events
select
  [events].[id],
  cast(case
    when [events].[ts] < [events].[day] then 1
    when not [events].[ts] < [events].[day] then 0
  end as bit) as [comparison],
  cast(case
    when [events].[day] = cast([events].[ts] as date) then 1
    when not [events].[day] = cast([events].[ts] as date) then 0
  end as bit) as [comparison_1],
  cast(case
    when [events].[ts] between [events].[day] and dateadd(day, 7, cast([events].[day] as datetime2(6))) then 1
    when not [events].[ts] between [events].[day] and dateadd(day, 7, cast([events].[day] as datetime2(6))) then 0
  end as bit) as [between]
from [events]
