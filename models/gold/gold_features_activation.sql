{{ config(alias='features_activation') }}

-- Activation, for new users only: what a customer did in its first days, as far as it was known.
with new_users as (
    select customer_id, prediction_time, signed_up_at
    from {{ ref('gold_customer_spine') }}
    where cohort = 'new_user'
),

logins as (
    select
        n.customer_id,
        n.prediction_time,
        min(d.activity_date) as first_login_date,
        sum(d.login_count) filter (where d.activity_date < n.signed_up_at + interval 7 day) as first_week_logins
    from new_users as n
    join {{ ref('silver_daily_engagement') }} as d
        on d.customer_id = n.customer_id
       and d.available_at <= n.prediction_time
       and d.activity_date < n.prediction_time
       and d.activity_date < n.signed_up_at + interval 14 day
       and d.login_count > 0
    group by n.customer_id, n.prediction_time
),

steps as (
    select
        n.customer_id,
        n.prediction_time,
        count(*) as steps_done
    from new_users as n
    join {{ ref('silver_onboarding_steps') }} as o
        on o.customer_id = n.customer_id
       and o.available_at <= n.prediction_time
       and o.completed_at < n.signed_up_at + interval 14 day
    group by n.customer_id, n.prediction_time
)

select
    n.customer_id,
    n.prediction_time,
    -- NULL: no login in the first 14 days
    date_diff('day', n.signed_up_at, l.first_login_date::timestamp)::integer as days_to_first_login,
    coalesce(o.steps_done, 0) * 100 / {{ var('onboarding_steps') }} as onboarding_completion_pct,
    coalesce(l.first_week_logins, 0)::integer as first_week_logins
from new_users as n
left join logins as l
    on l.customer_id = n.customer_id
   and l.prediction_time = n.prediction_time
left join steps as o
    on o.customer_id = n.customer_id
   and o.prediction_time = n.prediction_time
