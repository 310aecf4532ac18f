-- The simulated world's clock and its only source of chance.
--
-- Every draw is a hash of (salt, customer, step) and the seed: the same seed gives the same company on any
-- number of threads, and customer 100,017 lives the same life among ten thousand customers or a million.
-- Settings: customers, seed, months (of prediction times), output (folder of the Parquet files).
{% set seed = var('seed', 42) | int -%}
{% set months = var('months', var('prediction_months', 12)) | int -%}

set timezone = 'UTC';
-- events are sorted month by month and must stay so on their way to the file
set preserve_insertion_order = true;

create or replace temp table settings as
select
    timestamp '2023-08-01' as tracking_start,      -- telemetry and CRM history begin here
    timestamp '2024-01-01' as first_prediction,
    -- a good three months after the last prediction time: its labels are complete, the late rows have arrived
    timestamp '2024-01-01' + to_months({{ months }} + 2) + interval 10 day as ends_at;

set variable ends_at = (select ends_at from settings);

-- One calendar month of simulated time per row; month 0 is the first.
create or replace temp table sim_months as
select
    m::integer as m,
    s.tracking_start + to_months(m::integer) as starts_at,
    least(s.tracking_start + to_months(m::integer + 1), s.ends_at) as ends_at,
    date_diff('day', s.tracking_start, s.tracking_start + to_months(m::integer)) as first_day,
    date_diff('day', s.tracking_start, s.tracking_start + to_months(m::integer + 1)) as next_first_day
from settings as s, range(0, {{ months }} + 8) as r(m)
where s.tracking_start + to_months(m::integer) < s.ends_at;

-- 64 random bits for (salt < 128, customer, step < 8192).
create or replace temp macro bits(salt, customer, step) as
    hash(xor(((customer * 8192 + step) * 128 + salt)::ubigint, hash({{ seed }}::bigint)));

-- Uniform on [0, 1).
create or replace temp macro uniform(salt, customer, step) as
    (bits(salt, customer, step) >> 12)::double / 4503599627370496.0;

-- Near normal, mean 0, variance 1: the sum of four 16-bit uniforms, so that no libm decides a byte.
create or replace temp macro gauss(salt, customer, step) as (
    (bits(salt, customer, step) & 65535)::double
    + ((bits(salt, customer, step) >> 16) & 65535)::double
    + ((bits(salt, customer, step) >> 32) & 65535)::double
    + (bits(salt, customer, step) >> 48)::double
    - 131070.0) / 37837.22;

create or replace temp macro logistic(x) as 1.0 / (1.0 + exp(-x));

-- The warehouse loads in batches every four hours: the first batch at or after an instant.
create or replace temp macro next_batch(instant) as
    make_timestamp(((epoch(instant)::bigint + 14399) // 14400) * 14400000000);
