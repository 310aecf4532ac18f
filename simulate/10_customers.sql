-- Who the customers are. 40 % were there before tracking began (the migration brought over only those still
-- active), the others sign up evenly until the end. Traits here are never exported: they are what a model
-- has to infer from behaviour.
{% set customers = var('customers', 50000) | int -%}

create or replace temp table customers as
with drawn as (
    select
        100000 + i::bigint as customer_id,
        uniform(1, i, 0) < 0.40 as is_legacy,
        uniform(2, i, 0) as u_signup,
        uniform(3, i, 0) as u_segment,
        uniform(4, i, 0) as u_country,
        uniform(5, i, 0) as u_industry,
        gauss(6, i, 0) as quality,                       -- how well the product fits this customer
        gauss(7, i, 0) as fussiness,                     -- how readily it opens tickets
        uniform(8, i, 0) as u_breadth,
        uniform(9, i, 0) as u_value,
        uniform(10, i, 0) as u_term,
        i
    from range(0, {{ customers }}) as r(i)
),
placed as (
    select
        d.*,
        case
            when d.u_segment < 0.06 then 'enterprise'
            when d.u_segment < 0.28 then 'mid_market'
            else 'smb'
        end as segment,
        date_trunc('second', case
            when d.is_legacy
                then s.tracking_start - to_seconds((86400 * (20 + 1300 * d.u_signup * sqrt(d.u_signup)))::bigint)
            else s.tracking_start
                + to_seconds((epoch(s.ends_at - s.tracking_start) * d.u_signup)::bigint)
        end) as signed_up_at,
        case
            when d.u_country < 0.30 then 'US'
            when d.u_country < 0.42 then 'GB'
            when d.u_country < 0.56 then 'DE'
            when d.u_country < 0.66 then 'BR'
            when d.u_country < 0.80 then 'IN'
            when d.u_country < 0.90 then 'JP'
            else 'AU'
        end as country
    from drawn as d, settings as s
)
select
    p.customer_id,
    p.is_legacy,
    p.segment,
    p.country,
    -- standard time; a company that moved its clocks twice a year would tell us nothing more
    case p.country
        when 'US' then -300 when 'GB' then 0 when 'DE' then 60 when 'BR' then -180
        when 'IN' then 330 when 'JP' then 540 else 600
    end as utc_offset_minutes,
    case
        when p.u_industry < 0.08 then null
        else (['retail', 'software', 'finance', 'health', 'media', 'logistics'])[1 + (p.u_industry * 6)::integer % 6]
    end as industry,
    p.signed_up_at,
    p.quality,
    p.fussiness,
    2 + (8 * p.u_breadth)::integer as breadth,           -- product areas it may ever use, 2 to 10
    case p.segment
        when 'enterprise' then 60000 + 10 * (24000 * p.u_value * p.u_value)::integer
        when 'mid_market' then 9000 + 10 * (3600 * p.u_value)::integer
        else 480 + 10 * (620 * p.u_value * p.u_value)::integer
    end as annual_value,
    -- larger customers sign for a year, most small ones by the quarter
    case
        when p.segment = 'enterprise' or (p.segment = 'mid_market' and p.u_term < 0.85) or p.u_term < 0.40 then 365
        else 91
    end as term_days
from placed as p;
