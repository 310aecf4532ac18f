{{ config(alias='features_engagement') }}

-- Engagement and velocity. Two joins serve every window, one for sums and one, shorter, for the number of product
-- areas. Each carries the bounds that matter (known by the prediction time, before it, and no older than its longest
-- window); each feature narrows them.
with logins as (
    select
        s.customer_id,
        s.prediction_time,
        {{ in_window('sum(d.login_count)', 7) }} as logins_7d,
        {{ in_window('sum(d.login_count)', 14) }} as logins_14d,
        {{ in_window('sum(d.login_count)', 21) }} as logins_21d,
        {{ in_window('sum(d.login_count)', 28) }} as logins_28d,
        {{ in_window('sum(d.login_count)', 30) }} as logins_30d,
        {{ in_window('sum(d.login_count)', 60) }} as logins_60d,
        sum(d.login_count) as logins_120d,
        {{ in_window('sum(d.session_seconds)', 30) }} as session_seconds_30d
    from {{ ref('gold_customer_spine') }} as s
    join {{ ref('silver_daily_engagement') }} as d
        on d.customer_id = s.customer_id
       and d.available_at <= s.prediction_time
       and d.activity_date >= s.prediction_time - interval 120 day
       and d.activity_date < s.prediction_time
    group by s.customer_id, s.prediction_time
),

sessions_by_area as (
    select
        s.customer_id,
        s.prediction_time,
        d.feature,
        coalesce({{ in_window('sum(d.session_count)', 7) }}, 0) as sessions_7d,
        coalesce({{ in_window('sum(d.session_count)', 14) }}, 0) as sessions_14d
    from {{ ref('gold_customer_spine') }} as s
    join {{ ref('silver_daily_engagement') }} as d
        on d.customer_id = s.customer_id
       and d.available_at <= s.prediction_time
       and d.activity_date >= s.prediction_time - interval 30 day
       and d.activity_date < s.prediction_time
    group by s.customer_id, s.prediction_time, d.feature
),

areas as (
    select
        customer_id,
        prediction_time,
        count(*) as features_used_30d,
        count(*) filter (where sessions_7d > 0) as features_used_7d,
        count(*) filter (where sessions_14d > sessions_7d) as features_used_7d_before
    from sessions_by_area
    group by customer_id, prediction_time
)

select
    s.customer_id,
    s.prediction_time,
    coalesce(u.logins_7d, 0)::integer as logins_7d,
    coalesce(u.logins_14d, 0)::integer as logins_14d,
    coalesce(u.logins_30d, 0)::integer as logins_30d,
    coalesce(u.logins_60d, 0)::integer as logins_60d,
    coalesce(u.logins_120d, 0)::integer as logins_120d,
    coalesce(a.features_used_30d, 0)::integer as features_used_30d,
    coalesce(u.session_seconds_30d, 0) / 60 as session_minutes_30d,
    -- (this week - last week) / (last week + 1): defined for everybody, 0 when nothing moved
    (2 * coalesce(u.logins_7d, 0) - coalesce(u.logins_14d, 0))
        / (coalesce(u.logins_14d, 0) - coalesce(u.logins_7d, 0) + 1) as login_velocity_wow,
    (coalesce(a.features_used_7d, 0) - coalesce(a.features_used_7d_before, 0))
        / (coalesce(a.features_used_7d_before, 0) + 1) as feature_velocity_wow,
    -- least-squares slope through the four weekly sums, in logins per week
    case when s.tenure_days >= 28 then (
        3 * coalesce(u.logins_7d, 0)
        + (coalesce(u.logins_14d, 0) - coalesce(u.logins_7d, 0))
        - (coalesce(u.logins_21d, 0) - coalesce(u.logins_14d, 0))
        - 3 * (coalesce(u.logins_28d, 0) - coalesce(u.logins_21d, 0))
    ) / 10 end as login_trend_4w
from {{ ref('gold_customer_spine') }} as s
left join logins as u
    on u.customer_id = s.customer_id
   and u.prediction_time = s.prediction_time
left join areas as a
    on a.customer_id = s.customer_id
   and a.prediction_time = s.prediction_time
