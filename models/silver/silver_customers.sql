{{ config(alias='customers') }}

-- Customers with their history: one row per customer and change of contract, valid from the moment the
-- warehouse knew it. There is no valid-to column: when a row was superseded is a fact about its future.
with first_delivery as (
    -- The list repeats customers. The first delivery is kept: later ones may not have been known yet.
    select *
    from {{ ref('bronze_customers') }}
    qualify row_number() over (partition by customer_id order by loaded_at) = 1
),

customers as (
    select
        customer_id,
        upper(country) as country,
        coalesce(industry, 'unknown') as industry,
        segment,
        {{ local_to_utc('signed_up_local', 'utc_offset_minutes') }} as signed_up_at,
        cancelled_at,
        loaded_at
    from first_delivery
),

versions as (
    select
        c.customer_id,
        c.country,
        c.industry,
        c.segment,
        c.signed_up_at,
        c.cancelled_at,
        k.contract_id,
        k.term,
        k.annual_value,
        k.starts_on as contract_starts_on,
        k.ends_on as contract_ends_on,
        greatest(c.loaded_at, k.loaded_at) as known_from
    from customers as c
    join {{ ref('bronze_contracts') }} as k
        on k.customer_id = c.customer_id
)

select
    customer_id,
    known_from,
    signed_up_at,
    date_diff('day', signed_up_at, known_from) as tenure_days,
    {{ cohort_at('signed_up_at', 'known_from') }} as cohort,
    {{ ltv_tier('annual_value') }} as ltv_tier,
    annual_value,
    country,
    industry,
    segment,
    contract_id,
    term,
    contract_starts_on,
    contract_ends_on,
    cancelled_at
from versions
-- two contracts can become known in the same batch: the later term stands
qualify row_number() over (partition by customer_id, known_from order by contract_starts_on desc) = 1
