-- Conditions on an event and a prediction time, one a line: signs, units, texts, zones, months, NULLs. Some bound the event, some only look so.
e.loaded_at <= s.prediction_time - to_days(e.amount::integer)
e.loaded_at <= s.prediction_time - interval '-1 day'
e.loaded_at - to_days(s.customer_id - 100) <= s.prediction_time
date_sub('day', e.loaded_at, s.prediction_time) >= 0
date_sub('day', e.loaded_at, s.prediction_time) > 0
date_sub('month', e.loaded_at, s.prediction_time) >= 0
date_diff('hour', e.loaded_at, s.prediction_time) >= 0
extract(day from s.prediction_time - e.loaded_at) >= 0
extract(epoch from s.prediction_time - e.loaded_at) >= 0
s.prediction_time - e.loaded_at >= interval 0 day
s.prediction_time - e.loaded_at >= interval '1 month' - interval '31 days'
s.prediction_time - e.loaded_at > interval '-1 day'
age(s.prediction_time, e.loaded_at) >= interval 0 day
age(s.prediction_time, e.loaded_at) > interval '0 month'
e.loaded_at::time <= s.prediction_time::time
strftime(e.loaded_at, '%d%m%Y') <= strftime(s.prediction_time, '%d%m%Y')
strftime(e.loaded_at, '%y%m%d') < strftime(s.prediction_time, '%y%m%d')
strftime(e.loaded_at, '%Y-%j') < strftime(s.prediction_time, '%Y-%j')
strftime(e.loaded_at, '%Y-%U') < strftime(s.prediction_time, '%Y-%U')
strftime(e.loaded_at, '%Y-%-m-%-d') < strftime(s.prediction_time, '%Y-%-m-%-d')
strftime(e.loaded_at, '%G-%V') < strftime(s.prediction_time, '%G-%V')
strftime(e.loaded_at, '%Y-%m-%d %I:%M:%S') <= strftime(s.prediction_time, '%Y-%m-%d %I:%M:%S')
strftime(e.loaded_at, '%Y-%m-%d %H:%M:%S') <= strftime(s.prediction_time, '%Y-%m-%d %H:%M:%S')
strftime(e.loaded_at, '%Y-%m-%d %H:%M:%S.%f') <= strftime(s.prediction_time, '%Y-%m-%d %H:%M:%S.%f')
strftime(e.loaded_at, '%Y-%m') <= strftime(s.prediction_time, '%Y%m')
e.loaded_at::varchar <= s.prediction_time::varchar
e.loaded_at::varchar <= s.prediction_time::date::varchar
e.loaded_at::date::varchar <= s.prediction_time::varchar
e.loaded_at::date::varchar < s.prediction_time::varchar
left(e.loaded_at::varchar, 10) < s.prediction_time::varchar
epoch_ms(e.loaded_at) <= epoch_ms(s.prediction_time)
epoch_us(e.loaded_at) <= epoch_us(s.prediction_time)
epoch_ns(e.loaded_at) <= epoch_ns(s.prediction_time)
epoch(e.loaded_at)::bigint <= epoch(s.prediction_time)::bigint
epoch(e.loaded_at)::integer <= epoch(s.prediction_time)
epoch(e.loaded_at) <= epoch(s.prediction_time)::integer
floor(epoch(e.loaded_at)) <= epoch(s.prediction_time)
epoch(e.loaded_at) // 86400 < epoch(s.prediction_time) // 86400
coalesce(nullif(e.loaded_at, e.event_ts), s.prediction_time) <= s.prediction_time
(e.loaded_at > s.prediction_time) is not true
not (e.loaded_at > s.prediction_time)
(e.loaded_at, e.event_id) <= (s.prediction_time, 5)
(e.loaded_at, e.event_id) <= (s.prediction_time, 9223372036854775807)
(e.event_ts, e.loaded_at) <= (s.prediction_time, s.prediction_time)
(e.event_ts, e.loaded_at) < (s.prediction_time, s.prediction_time)
least(e.loaded_at, s.prediction_time) = e.loaded_at
greatest(e.loaded_at, s.prediction_time) = s.prediction_time
least(e.loaded_at, s.prediction_time) <= s.prediction_time
greatest(e.event_ts, nullif(e.loaded_at, e.loaded_at)) <= s.prediction_time
greatest(e.loaded_at, case when e.amount > 2 then s.prediction_time end) <= s.prediction_time
least(e.loaded_at, case when e.amount > 2 then e.event_ts end) <= s.prediction_time
time_bucket(interval '1 day', e.loaded_at) < time_bucket(interval '1 day', s.prediction_time)
time_bucket(interval '1 day', e.loaded_at, interval '12 hours') < time_bucket(interval '1 day', s.prediction_time)
time_bucket(interval '3 days', e.loaded_at, timestamp '2000-01-03') < time_bucket(interval '3 days', s.prediction_time)
time_bucket(interval '1 month', e.loaded_at) < time_bucket(interval '1 month', s.prediction_time)
time_bucket(interval '1 week', e.loaded_at) < date_trunc('week', s.prediction_time)
date_trunc('week', e.loaded_at) < date_trunc('month', s.prediction_time)
date_trunc('month', e.loaded_at) < date_trunc('week', s.prediction_time)
date_trunc('quarter', e.loaded_at) < date_trunc('month', s.prediction_time)
date_trunc('month', e.loaded_at) < date_trunc('quarter', s.prediction_time)
last_day(e.loaded_at) <= s.prediction_time
last_day(e.loaded_at) < s.prediction_time
last_day(e.loaded_at) < s.prediction_time::date
make_date(year(e.loaded_at), month(e.loaded_at), 1) < date_trunc('month', s.prediction_time)
make_date(year(e.loaded_at), month(e.loaded_at), day(e.loaded_at)) < s.prediction_time::date
make_timestamp(year(e.loaded_at), month(e.loaded_at), day(e.loaded_at), hour(e.loaded_at), minute(e.loaded_at), 0) <= s.prediction_time
e.loaded_at + interval '1 month' <= s.prediction_time + interval '30 days'
e.loaded_at + interval '1 month' <= s.prediction_time + interval '1 month'
e.loaded_at + interval '1 month' < s.prediction_time + interval '1 month'
e.loaded_at - interval '1 month' <= s.prediction_time - interval '1 month'
e.loaded_at - interval '1 year' <= s.prediction_time - interval '1 year'
e.loaded_at - interval '1 month' + interval '1 month' <= s.prediction_time
e.loaded_at + interval '1 month' - interval '1 month' <= s.prediction_time
e.loaded_at <= s.prediction_time - interval '1 month' + interval '1 month'
e.loaded_at <= s.prediction_time - interval '1 month' + interval '31 days'
e.loaded_at <= s.prediction_time - interval '1 month' + interval '28 days'
e.loaded_at <= s.prediction_time - interval '1 month' + interval '30 days'
e.loaded_at <= s.prediction_time - interval '12 months' + interval '365 days'
e.loaded_at <= s.prediction_time - interval '12 months' + interval '366 days'
e.loaded_at <= s.prediction_time + interval '1 month' - interval '31 days'
e.loaded_at <= s.prediction_time + interval '1 month' - interval '28 days'
e.loaded_at + interval '1 month 1 day' <= s.prediction_time + interval '29 days'
e.loaded_at + interval '1 month 1 day' <= s.prediction_time + interval '28 days'
year(e.loaded_at) < year(s.prediction_time)
year(e.loaded_at) = year(s.prediction_time) and dayofyear(e.loaded_at) < dayofyear(s.prediction_time)
year(e.loaded_at) * 366 + dayofyear(e.loaded_at) < year(s.prediction_time) * 366 + dayofyear(s.prediction_time)
year(e.loaded_at) * 365 + dayofyear(e.loaded_at) < year(s.prediction_time) * 365 + dayofyear(s.prediction_time)
year(e.loaded_at) * 100 + month(e.loaded_at) < year(s.prediction_time) * 100 + month(s.prediction_time)
year(e.loaded_at) * 12 + month(e.loaded_at) < year(s.prediction_time) * 12 + month(s.prediction_time)
year(e.loaded_at) * 11 + month(e.loaded_at) < year(s.prediction_time) * 11 + month(s.prediction_time)
year(e.loaded_at) * 4 + quarter(e.loaded_at) < year(s.prediction_time) * 4 + quarter(s.prediction_time)
yearweek(e.loaded_at) < yearweek(s.prediction_time)
isoyear(e.loaded_at) * 53 + week(e.loaded_at) < isoyear(s.prediction_time) * 53 + week(s.prediction_time)
year(e.loaded_at) * 53 + week(e.loaded_at) < year(s.prediction_time) * 53 + week(s.prediction_time)
date_part('century', e.loaded_at) < date_part('century', s.prediction_time)
date_part('decade', e.loaded_at) < date_part('decade', s.prediction_time)
month(e.loaded_at) < month(s.prediction_time)
e.loaded_at::timestamp_s <= s.prediction_time
e.loaded_at::timestamp_s < s.prediction_time::timestamp_s
e.loaded_at::timestamp_ms <= s.prediction_time::timestamp_ms
e.loaded_at::timestamp_ns <= s.prediction_time
e.loaded_at::date < s.prediction_time::date
e.loaded_at::date < s.prediction_time
e.loaded_at::date <= s.prediction_time::date - 1
e.loaded_at < s.prediction_time::date + interval 1 day
e.loaded_at <= date_trunc('day', s.prediction_time)
e.loaded_at <= date_trunc('day', s.prediction_time + interval '1 hour')
e.loaded_at <= date_trunc('day', s.prediction_time + interval '24 hours') - interval '1 day'
strptime(strftime(e.loaded_at, '%Y-%m-%d'), '%Y-%m-%d') <= s.prediction_time
try_cast(e.loaded_at::varchar as timestamp) <= s.prediction_time
e.loaded_at in (select x.loaded_at from raw.events x where x.loaded_at <= s.prediction_time)
e.event_ts in (select x.loaded_at from raw.events x where x.loaded_at <= s.prediction_time)
e.event_id in (select x.event_id from raw.events x where x.loaded_at <= s.prediction_time)
e.customer_id in (select x.customer_id from raw.events x where x.loaded_at <= s.prediction_time)
e.loaded_at <= (select max(x.loaded_at) from raw.events x where x.loaded_at <= s.prediction_time)
e.loaded_at <= (select max(x.loaded_at) from raw.events x)
e.loaded_at <= (select min(x.loaded_at) from raw.events x where x.loaded_at > s.prediction_time) and e.loaded_at <= s.prediction_time
not exists (select 1 from raw.events x where x.event_id = e.event_id and x.loaded_at > s.prediction_time)
e.loaded_at <= all (select x.loaded_at from raw.events x where x.loaded_at <= s.prediction_time)
e.loaded_at < any (select x.loaded_at from raw.events x where x.loaded_at <= s.prediction_time)
e.loaded_at = any (select x.loaded_at from raw.events x where x.loaded_at <= s.prediction_time)
case when e.amount > 3 then e.loaded_at <= s.prediction_time else e.event_ts <= s.prediction_time end
case when e.loaded_at > s.prediction_time then null else true end
case e.loaded_at <= s.prediction_time when true then true when false then false end
if(e.loaded_at <= s.prediction_time, 1, 0) = 1
(e.loaded_at <= s.prediction_time)::integer > 0
(e.loaded_at <= s.prediction_time)::integer >= 0
(e.loaded_at <= s.prediction_time)::varchar = 'true'
(e.loaded_at <= s.prediction_time) = (e.event_ts <= s.prediction_time)
(e.loaded_at <= s.prediction_time) is distinct from false
(e.loaded_at <= s.prediction_time) is not distinct from true
sign(epoch(s.prediction_time) - epoch(e.loaded_at)) >= 0
abs(epoch(s.prediction_time) - epoch(e.loaded_at)) < 86400
e.loaded_at between s.prediction_time - interval 30 day and s.prediction_time
s.prediction_time between e.loaded_at and e.loaded_at + interval 30 day
s.prediction_time not between e.event_ts and e.loaded_at
e.loaded_at not between s.prediction_time and s.prediction_time + interval 30 day
e.loaded_at <= s.prediction_time or e.kind = 'a'
e.loaded_at <= s.prediction_time and e.kind = 'a' or e.event_ts <= s.prediction_time and e.kind is null
e.loaded_at <= coalesce(s.label_time, s.prediction_time)
e.loaded_at <= s.label_time - interval '30 days'
e.loaded_at <= date '2024-01-01' and s.prediction_time >= date '2024-01-01'
e.loaded_at < timestamp 'infinity'
e.loaded_at <= timestamp '-infinity'
e.loaded_at <= s.prediction_time + interval '0.5 second' - interval '500 milliseconds'
e.loaded_at <= s.prediction_time + interval '1.0000001 second' - interval '1 second'
e.loaded_at <= s.prediction_time + to_microseconds(0)
e.loaded_at <= s.prediction_time + to_seconds(0.0000004)
e.loaded_at <= s.prediction_time + to_hours(24) - to_days(1)
e.loaded_at <= s.prediction_time + interval (1 - 1) day
e.loaded_at <= date_add(s.prediction_time, interval '-1' hour)
e.loaded_at <= s.prediction_time + (e.loaded_at - e.event_ts)
e.loaded_at - (e.loaded_at - e.event_ts) <= s.prediction_time
e.loaded_at <= s.prediction_time - (e.loaded_at - e.event_ts)
e.loaded_at + (e.loaded_at - e.event_ts) <= s.prediction_time
e.loaded_at + (s.prediction_time - e.event_ts) <= s.prediction_time + (s.prediction_time - e.event_ts)
to_timestamp(epoch(e.loaded_at))::timestamp <= s.prediction_time
e.loaded_at at time zone 'UTC' <= s.prediction_time at time zone 'UTC'
e.loaded_at at time zone 'Europe/Berlin' <= s.prediction_time at time zone 'Europe/Berlin'
(e.loaded_at at time zone 'Europe/Berlin')::timestamp <= s.prediction_time
e.loaded_at::timestamptz <= s.prediction_time::timestamptz
e.loaded_at::timestamptz <= s.prediction_time
e.loaded_at::timestamptz < s.prediction_time::timestamptz
e.loaded_at::timestamptz::timestamp <= s.prediction_time
date_trunc('day', e.loaded_at::timestamptz) < date_trunc('day', s.prediction_time::timestamptz)
date_trunc('hour', e.loaded_at) <= s.prediction_time - interval 1 hour
date_trunc('hour', e.loaded_at) < date_trunc('hour', s.prediction_time)
date_trunc('month', e.loaded_at) + interval 1 month <= s.prediction_time
date_trunc('month', e.loaded_at) + interval 31 day <= s.prediction_time
date_trunc('month', e.loaded_at) + interval 30 day <= s.prediction_time
date_trunc('month', e.loaded_at) + interval 1 month - interval 1 day <= s.prediction_time
date_trunc('year', e.loaded_at) + interval 365 day <= s.prediction_time
date_trunc('year', e.loaded_at) + interval 366 day <= s.prediction_time
date_trunc('quarter', e.loaded_at) + interval 92 day <= s.prediction_time
date_trunc('quarter', e.loaded_at) + interval 91 day <= s.prediction_time
date_trunc('week', e.loaded_at) + interval 7 day <= s.prediction_time
date_trunc('week', e.loaded_at) + interval 6 day <= s.prediction_time
date_trunc('decade', e.loaded_at) < date_trunc('decade', s.prediction_time)
date_trunc('millennium', e.loaded_at) < date_trunc('millennium', s.prediction_time)
date_trunc('century', e.loaded_at) + interval 100 year <= s.prediction_time
datepart('epoch', e.loaded_at) <= datepart('epoch', s.prediction_time)
julian(e.loaded_at) <= julian(s.prediction_time)
dayofweek(e.loaded_at) < dayofweek(s.prediction_time)
era(e.loaded_at) = era(s.prediction_time) and year(e.loaded_at) < year(s.prediction_time)
e.loaded_at::timestamp_s <= s.prediction_time::timestamp_s
e.loaded_at::timestamp_s < s.prediction_time
date_trunc('second', e.loaded_at) <= s.prediction_time
date_trunc('millisecond', e.loaded_at) <= s.prediction_time
date_trunc('microsecond', e.loaded_at) <= s.prediction_time
e.loaded_at::date::timestamp <= s.prediction_time
(e.loaded_at::date + 1)::timestamp <= s.prediction_time
e.loaded_at::varchar::date < s.prediction_time
epoch(e.loaded_at)::integer < epoch(s.prediction_time)::integer
round(epoch(e.loaded_at)) <= epoch(s.prediction_time)
ceil(epoch(e.loaded_at)) <= epoch(s.prediction_time)
epoch(e.loaded_at)::float <= epoch(s.prediction_time)::float
epoch(e.loaded_at)::float < epoch(s.prediction_time)::float
datepart('julian', e.loaded_at) <= datepart('julian', s.prediction_time)
e.loaded_at at time zone 'America/New_York' <= s.prediction_time at time zone 'Europe/Berlin'
(e.loaded_at at time zone 'UTC') at time zone 'Europe/Berlin' <= s.prediction_time
extract('year' from e.loaded_at) * 10000 + extract('month' from e.loaded_at) * 100 + extract('day' from e.loaded_at) < extract('year' from s.prediction_time) * 10000 + extract('month' from s.prediction_time) * 100 + extract('day' from s.prediction_time)
extract('year' from e.loaded_at) * 1000 + extract('month' from e.loaded_at) * 100 + extract('day' from e.loaded_at) < extract('year' from s.prediction_time) * 1000 + extract('month' from s.prediction_time) * 100 + extract('day' from s.prediction_time)
date_part(['year', 'month'], e.loaded_at) < date_part(['year', 'month'], s.prediction_time)
{'y': year(e.loaded_at), 'm': month(e.loaded_at)} < {'y': year(s.prediction_time), 'm': month(s.prediction_time)}
{'m': month(e.loaded_at), 'y': year(e.loaded_at)} < {'m': month(s.prediction_time), 'y': year(s.prediction_time)}
[e.loaded_at] <= [s.prediction_time]
[e.loaded_at, e.event_ts] <= [s.prediction_time]
[e.kind] <= ['a'] and [e.loaded_at] < [s.prediction_time]
e.loaded_at <= s.prediction_time::varchar::timestamp
e.loaded_at < (s.prediction_time::date)::varchar::timestamp
monthname(e.loaded_at) < monthname(s.prediction_time)
strftime('%Y%m%d', e.loaded_at) < strftime('%Y%m%d', s.prediction_time)
strftime(e.loaded_at, '%Y%m%d')::integer < strftime(s.prediction_time, '%Y%m%d')::integer
strftime(e.loaded_at, '%m%d%Y')::integer < strftime(s.prediction_time, '%m%d%Y')::integer
hash(e.loaded_at) <= hash(s.prediction_time)
greatest(e.loaded_at, e.event_ts, null) <= s.prediction_time
case when e.kind is null then e.event_ts else e.loaded_at end <= s.prediction_time
nullif(e.loaded_at, s.prediction_time) <= s.prediction_time
ifnull(null, e.loaded_at) <= s.prediction_time
try(e.loaded_at) <= s.prediction_time
try_cast(e.kind as timestamp) <= s.prediction_time
e.loaded_at <= s.prediction_time and random() < 0.5
e.loaded_at <= now()
e.loaded_at <= least(now(), s.prediction_time)
e.loaded_at <= today() and s.prediction_time >= today()
e.loaded_at <= getvariable('x')
e.loaded_at is not distinct from s.prediction_time
e.loaded_at = s.prediction_time
e.event_ts = s.prediction_time
e.loaded_at in (s.prediction_time, s.prediction_time - interval 1 day)
e.loaded_at in (s.prediction_time, s.label_time)
not e.loaded_at in (s.prediction_time + interval 1 day)
not (e.loaded_at between s.prediction_time and timestamp 'infinity')
e.loaded_at < timestamp 'infinity' and e.loaded_at <= s.prediction_time
e.loaded_at + interval '1 day' * e.event_id <= s.prediction_time
e.loaded_at + interval '1 day' * abs(e.event_id) <= s.prediction_time
e.loaded_at - interval '1 day' * abs(e.event_id) <= s.prediction_time
e.loaded_at + to_months(e.amount::integer) <= s.prediction_time
e.loaded_at + to_days(len(e.kind)) <= s.prediction_time
e.loaded_at + to_days(coalesce(len(e.kind), 0)) <= s.prediction_time
e.loaded_at + to_hours(hour(e.loaded_at)) <= s.prediction_time
e.loaded_at - to_hours(hour(e.loaded_at)) <= s.prediction_time
e.loaded_at <= s.prediction_time - to_hours(hour(s.prediction_time))
e.loaded_at <= s.prediction_time + to_hours(hour(s.prediction_time))
e.loaded_at <= s.prediction_time - to_days(day(s.prediction_time))
e.loaded_at <= s.prediction_time - to_days(day(s.prediction_time) - 1)
e.loaded_at <= s.prediction_time - to_days(dayofweek(s.prediction_time) - 1)
e.loaded_at <= s.prediction_time - to_days(isodow(s.prediction_time) - 1)
e.loaded_at <= s.prediction_time - to_months(month(s.prediction_time) - 1)
e.loaded_at <= s.prediction_time - to_years(year(s.prediction_time) - 2000)
e.loaded_at - e.event_ts <= s.prediction_time - e.event_ts
e.loaded_at - e.event_ts <= s.prediction_time - e.loaded_at
e.loaded_at - s.prediction_time <= interval 0 second
e.loaded_at - s.prediction_time < interval 1 second
e.loaded_at - s.prediction_time <= e.event_ts - e.loaded_at
e.loaded_at::date - s.prediction_time::date < 0
e.loaded_at::date - s.prediction_time::date <= 0
datediff('day', s.prediction_time, e.loaded_at) < 0
datediff('week', s.prediction_time, e.loaded_at) < 0
datediff('month', e.loaded_at, s.prediction_time) > 0
datediff('month', e.loaded_at, s.prediction_time) * datediff('day', e.loaded_at, s.prediction_time) > 0
datediff('month', e.loaded_at, s.prediction_time) + datediff('day', e.loaded_at, s.prediction_time) > 0
datediff('day', e.loaded_at, s.prediction_time) % 7 = 1
datediff('day', e.loaded_at, s.prediction_time) in (1, 2, 3)
datediff('day', e.loaded_at, s.prediction_time) in (0, 1)
datediff('day', e.loaded_at, s.prediction_time) between 1 and e.amount
datediff('day', e.loaded_at, s.prediction_time) between e.amount and 7
sqrt(datediff('day', e.loaded_at, s.prediction_time)) > 0
ln(datediff('day', e.loaded_at, s.prediction_time)) > 0
1 / datediff('day', e.loaded_at, s.prediction_time) > 0
-datediff('day', e.loaded_at, s.prediction_time) < 0
pow(datediff('day', e.loaded_at, s.prediction_time), 2) > 0
pow(datediff('day', e.loaded_at, s.prediction_time), 3) > 0
datediff('day', e.loaded_at, s.prediction_time)::utinyint > 0
try_cast(datediff('day', e.loaded_at, s.prediction_time) as utinyint) > 0
datediff('day', e.loaded_at, s.prediction_time)::boolean
(epoch_us(e.loaded_at) / 1000000) <= epoch(s.prediction_time)
(epoch_us(e.loaded_at) // 1000000) < epoch_us(s.prediction_time) // 1000000
(epoch_us(e.loaded_at) >> 20) < (epoch_us(s.prediction_time) >> 20)
epoch_us(e.loaded_at) % 1000000 <= epoch_us(s.prediction_time)
(epoch_us(e.loaded_at)::hugeint * 3) <= epoch_us(s.prediction_time)::hugeint * 3
(epoch_us(e.loaded_at) * -1) >= epoch_us(s.prediction_time) * -1
(epoch_us(e.loaded_at) * 0) <= epoch_us(s.prediction_time) * 0
~epoch_us(e.loaded_at) >= ~epoch_us(s.prediction_time)
xor(epoch_us(e.loaded_at), 1) <= xor(epoch_us(s.prediction_time), 1)
bool(e.loaded_at <= s.prediction_time)
(e.loaded_at <= s.prediction_time)::integer::varchar = '1'
concat(e.loaded_at, '') <= concat(s.prediction_time, '')
concat(e.loaded_at::date, e.kind) < concat(s.prediction_time::date, '')
e.loaded_at::date::varchar || 'x' < s.prediction_time::date::varchar || 'x'
lower(e.loaded_at::varchar) <= s.prediction_time::varchar
rpad(e.loaded_at::date::varchar, 12, '9') < s.prediction_time::date::varchar
substr(e.loaded_at::varchar, 1, 7) < substr(s.prediction_time::varchar, 1, 7)
substr(e.loaded_at::varchar, 6, 5) < substr(s.prediction_time::varchar, 6, 5)
left(e.loaded_at::varchar, 4) < left(s.prediction_time::varchar, 4)
right(e.loaded_at::varchar, 4) < right(s.prediction_time::varchar, 4)
e.loaded_at::date::varchar[:7] < s.prediction_time::date::varchar[:7]
e.loaded_at::date::varchar like s.prediction_time::date::varchar
split_part(e.loaded_at::varchar, ' ', 1) < split_part(s.prediction_time::varchar, ' ', 1)
e.loaded_at::timestamp_ns <= s.prediction_time::timestamp_ns
make_timestamp(epoch_us(e.loaded_at)) <= s.prediction_time
make_timestamp_ms(epoch_ms(e.loaded_at)) <= s.prediction_time
to_timestamp(epoch(e.loaded_at)) <= s.prediction_time
to_timestamp(epoch(e.loaded_at)) <= to_timestamp(epoch(s.prediction_time))
epoch_ms(epoch_ms(e.loaded_at)) < s.prediction_time
time_bucket(interval '1 week', e.loaded_at) < time_bucket(interval '1 week', s.prediction_time)
time_bucket(interval '2 months', e.loaded_at) < date_trunc('month', s.prediction_time)
time_bucket(interval '7 days', e.loaded_at) + interval '7 days' <= s.prediction_time
time_bucket(interval '7 days', e.loaded_at) + interval '6 days' <= s.prediction_time
date_trunc('day', e.loaded_at + interval '1 day') <= s.prediction_time
date_trunc('day', e.loaded_at + interval '23 hours') <= s.prediction_time
date_trunc('day', e.loaded_at - interval '1 microsecond') + interval '1 day' <= s.prediction_time
date_trunc('day', e.loaded_at - interval '1 second') + interval '1 day' <= s.prediction_time
date_trunc('month', e.loaded_at) + interval '31 days' <= s.prediction_time
date_trunc('month', e.loaded_at) + interval '30 days' <= s.prediction_time
date_trunc('month', e.loaded_at) + interval '1 month' - interval '1 day' <= s.prediction_time
date_trunc('year', e.loaded_at) + interval '366 days' <= s.prediction_time
date_trunc('year', e.loaded_at) + interval '365 days' <= s.prediction_time
date_trunc('quarter', e.loaded_at) + interval '92 days' <= s.prediction_time
date_trunc('quarter', e.loaded_at) + interval '91 days' <= s.prediction_time
date_trunc('decade', e.loaded_at) + interval '10 years' <= s.prediction_time
date_trunc('century', e.loaded_at) + interval '100 years' <= s.prediction_time
date_trunc('isoyear', e.loaded_at) < date_trunc('isoyear', s.prediction_time)
date_trunc('isoyear', e.loaded_at) + interval '1 year' <= s.prediction_time
date_trunc('isoyear', e.loaded_at) + interval '371 days' <= s.prediction_time
