-- Small rows with everything that translations get wrong: NULLs, ties, month ends, negatives, unicode, blanks.
create table events as
select
    i::integer as id,
    case when i % 11 = 10 then null else (i * 7 % 5)::integer end as customer,
    timestamp '2024-01-25 22:30:00' + to_hours((i * 13 % 2000)::integer) as ts,
    date '2024-01-29' + (i * 5 % 70)::integer as day,
    case when i % 7 = 6 then null else (i * 37 % 41 - 20)::integer end as n,
    case when i % 9 = 8 then null else (i * 37 % 41 - 20) / 8.0 end::double as x,
    case when i % 8 = 7 then null else (i * 29 % 57 - 20) / 4 end::decimal(12, 2) as amount,
    case when i % 6 = 5 then null else ['alpha', 'Beta', 'ñandú', 'a_b', '50%', ' pad '][i % 6 + 1] end as name,
    case when i % 5 = 4 then null else i % 3 = 0 end as flag
from range(60) as r(i);

create table customers as
select
    i::integer as customer,
    'c' || i as label,
    ['enterprise', 'mid_market', 'other'][i % 3 + 1] as tier,
    timestamp '2024-02-01' + to_days((i * 3)::integer) as signed_at
from range(4) as r(i);

create table prices as
select
    (i % 4)::integer as customer,
    timestamp '2024-01-20' + to_days((i * 5)::integer) as valid_from,
    (i * 3 + 1)::double as price
from range(16) as r(i);

create table nothing as select * from events where false;
