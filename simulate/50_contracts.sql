-- Contracts: insert-only, one row per term, signed some weeks before it starts. The migration brought the
-- running term of old customers only.

create or replace temp table contracts as
with terms as (
    select
        c.customer_id,
        k::integer as k,
        c.signed_up_at + to_days((c.term_days * k)::integer) as starts_at,
        c.signed_up_at + to_days((c.term_days * (k + 1))::integer) as ends_at,
        c.is_legacy,
        c.term_days,
        c.annual_value,
        c.quality,
        l.lives_until,
        s.tracking_start
    from customers as c
    join lives as l on l.customer_id = c.customer_id
    cross join settings as s
    cross join range(0, 30) as r(k)
    where c.signed_up_at + to_days((c.term_days * k)::integer) < l.lives_until
      and c.signed_up_at + to_days((c.term_days * (k + 1))::integer) > s.tracking_start
),
signed as (
    select
        *,
        case when k = 0 then starts_at
            else starts_at - to_seconds((86400 * (1 + 20 * uniform(80, customer_id, k)))::bigint) end as signed_at
    from terms
)
select
    customer_id * 32 + k as contract_id,
    customer_id,
    case term_days when 365 then 'annual' else 'quarterly' end as term,
    -- prices rise by 4 % a year, and happy customers buy more seats
    (10 * round(annual_value * (1 + 0.04 * (k * term_days // 365)
        + 0.05 * k * greatest(0, least(1, quality + 0.4 * gauss(81, customer_id, k)))) / 10))::integer as annual_value,
    (signed_at at time zone 'UTC') as signed_at,
    starts_at::date as starts_on,
    ends_at::date as ends_on,
    next_batch(greatest(signed_at + interval 30 minute, tracking_start)) as loaded_at
from signed;
