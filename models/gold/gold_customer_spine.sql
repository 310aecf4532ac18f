{{ config(alias='customer_spine') }}

-- Who is scored when: every customer known, at least {{ var('min_tenure_days') }} days old and not known to have left, at every
-- prediction time, with what is fixed about it at that time and with the label.
with known as (
    select
        h.customer_id,
        t.prediction_time,
        h.signed_up_at,
        h.ltv_tier,
        h.annual_value,
        h.country,
        h.industry,
        h.term,
        h.contract_ends_on,
        h.cancelled_at,
        {{ cohort_at('h.signed_up_at', 't.prediction_time') }} as cohort
    from {{ ref('gold_prediction_times') }} as t
    join {{ ref('silver_customers') }} as h
        on h.known_from <= t.prediction_time
    where h.signed_up_at <= t.prediction_time - interval {{ var('min_tenure_days') }} day
      and (h.cancelled_at is null or h.cancelled_at > t.prediction_time)
    qualify row_number() over (partition by h.customer_id, t.prediction_time order by h.known_from desc) = 1
)

select
    customer_id,
    prediction_time,
    cohort,
    ltv_tier,
    signed_up_at,
    date_diff('day', signed_up_at, prediction_time)::integer as tenure_days,
    annual_value,
    country,
    industry,
    term,
    contract_ends_on,
    {{ horizon_days('cohort') }} as horizon_days,
    prediction_time + to_days({{ horizon_days('cohort') }}) as label_known_at,
    {{ churned_within('cohort', 'prediction_time', 'cancelled_at') }} as churned,
    case
        when {{ churned_within('cohort', 'prediction_time', 'cancelled_at') }}
            then date_diff('day', prediction_time, cancelled_at)::integer
    end as days_until_churn
from known
