{{ config(alias='purchase_features') }}

-- Recency, frequency, money and their velocity. The bounds on every purchase: not after the prediction day, and
-- within the last {{ var('active_days') }} days.
with summed as (
    select
        a.customer_id,
        a.prediction_time,
        max(p.purchase_date) as last_purchase_date,
        count(*) as frequency_180d,
        count(*) filter (where p.purchase_date >= a.prediction_time - interval 30 day) as frequency_30d,
        count(*) filter (where p.purchase_date >= a.prediction_time - interval 90 day) as frequency_90d,
        sum(p.dollars) as monetary_180d,
        sum(p.dollars) filter (where p.purchase_date >= a.prediction_time - interval 90 day) as monetary_90d,
        sum(p.cds) as cds_180d,
        max(p.dollars) as largest_order_180d
    from {{ ref('gold_active_customers') }} as a
    join {{ ref('silver_purchases') }} as p
        on p.customer_id = a.customer_id
       and p.purchase_date <= a.prediction_time
       and p.purchase_date >= a.prediction_time - interval {{ var('active_days') }} day
    group by a.customer_id, a.prediction_time
)

select
    customer_id,
    prediction_time,
    date_diff('day', last_purchase_date::timestamp, prediction_time)::integer as recency_days,
    frequency_30d::integer as frequency_30d,
    frequency_90d::integer as frequency_90d,
    frequency_180d::integer as frequency_180d,
    coalesce(monetary_90d, 0)::double as monetary_90d,
    monetary_180d::double as monetary_180d,
    monetary_180d::double / frequency_180d as order_value_180d,
    largest_order_180d::double as largest_order_180d,
    cds_180d::integer as cds_180d,
    -- (last 90 days - the 90 before) / (the 90 before + 1)
    (2 * frequency_90d - frequency_180d) / (frequency_180d - frequency_90d + 1) as purchase_velocity_90d,
    2 * coalesce(monetary_90d, 0)::double - monetary_180d::double as spend_change_90d
from summed
