-- One row per customer and prediction time: features, cohort, tier and label. Features of a cohort are NULL
-- outside it; counts of nothing are 0, averages of nothing are NULL.
--
-- Plain SQL on purpose: training, scoring and reports rely on these columns, and a contract holds them, so they are
-- written out and change by decision. examples/cdnow has its gold table as `goldTable`, which takes what the views have.
select
    s.customer_id,
    s.prediction_time,
    s.cohort,
    s.ltv_tier,
    s.tenure_days,
    s.annual_value,
    s.term,
    s.country,
    s.industry,
    a.days_to_first_login,
    o.onboarding_completion_pct,
    a.first_week_logins,
    e.logins_7d,
    e.logins_14d,
    e.logins_30d,
    e.features_used_30d,
    e.session_minutes_30d,
    e.login_velocity_wow,
    e.feature_velocity_wow,
    e.login_trend_4w,
    t.tickets_30d,
    t.avg_sentiment_30d,
    t.escalation_rate_30d,
    r.days_to_renewal,
    r.engagement_30d_vs_past,
    r.engagement_60d_vs_past,
    s.horizon_days,
    s.label_known_at,
    s.churned,
    s.days_until_churn
from {{ ref('gold_customer_spine') }} as s
join {{ ref('gold_features_engagement') }} as e
    on e.customer_id = s.customer_id
   and e.prediction_time = s.prediction_time
join {{ ref('gold_features_support') }} as t
    on t.customer_id = s.customer_id
   and t.prediction_time = s.prediction_time
join {{ ref('gold_features_activation') }} as a
    on a.customer_id = s.customer_id
   and a.prediction_time = s.prediction_time
join {{ ref('gold_features_onboarding') }} as o
    on o.customer_id = s.customer_id
   and o.prediction_time = s.prediction_time
join {{ ref('gold_features_renewal') }} as r
    on r.customer_id = s.customer_id
   and r.prediction_time = s.prediction_time
