{{ config(alias='habit_features') }}

-- The customer's own rhythm over its whole history up to the prediction day.
select
    a.customer_id,
    a.prediction_time,
    -- a purchase weighs e^(-age / 1 year); in thousandths, so that the sum does not depend on the order of rows
    sum(round(1000 * exp(-date_diff('day', p.purchase_date::timestamp, a.prediction_time) / 365))::integer) / 1000
        as decayed_frequency,
    count(distinct date_trunc('month', p.purchase_date))::integer as months_active,
    avg(p.days_since_previous) as mean_gap_days,
    max(p.days_since_previous)::integer as longest_gap_days,
    arg_max(p.days_since_previous, p.purchase_date)::integer as last_gap_days
from {{ ref('gold_active_customers') }} as a
join {{ ref('silver_purchases') }} as p
    on p.customer_id = a.customer_id
   and p.purchase_date <= a.prediction_time
group by a.customer_id, a.prediction_time
