-- One row per active customer and month end: features, cohort, label.
select
    a.customer_id,
    a.prediction_time,
    a.cohort,
    a.tenure_days,
    a.frequency,
    a.monetary,
    f.recency_days,
    f.frequency_30d,
    f.frequency_90d,
    f.frequency_180d,
    f.monetary_90d,
    f.monetary_180d,
    f.order_value_180d,
    f.largest_order_180d,
    f.cds_180d,
    f.purchase_velocity_90d,
    f.spend_change_90d,
    h.decayed_frequency,
    h.months_active,
    h.mean_gap_days,
    h.longest_gap_days,
    h.last_gap_days,
    -- the silence now against the customer's usual gap; NULL after one purchase day
    f.recency_days / h.mean_gap_days as recency_vs_gap,
    l.churned
from {{ ref('gold_active_customers') }} as a
join {{ ref('gold_purchase_features') }} as f
    on f.customer_id = a.customer_id
   and f.prediction_time = a.prediction_time
join {{ ref('gold_habit_features') }} as h
    on h.customer_id = a.customer_id
   and h.prediction_time = a.prediction_time
join {{ ref('gold_labels') }} as l
    on l.customer_id = a.customer_id
   and l.prediction_time = a.prediction_time
