{{ config(alias='features_renewal') }}

-- Renewal, for mature customers only: time to the end of the last contract known, and recent engagement against
-- the customer's own past (1 = as before, 0 = silent).
select
    s.customer_id,
    s.prediction_time,
    date_diff('day', s.prediction_time, s.contract_ends_on::timestamp)::integer as days_to_renewal,
    (e.logins_30d + 1) / ((e.logins_120d - e.logins_30d) / 3 + 1) as engagement_30d_vs_past,
    (e.logins_60d + 1) / (e.logins_120d - e.logins_60d + 1) as engagement_60d_vs_past
from {{ ref('gold_customer_spine') }} as s
join {{ ref('gold_features_engagement') }} as e
    on e.customer_id = s.customer_id
   and e.prediction_time = s.prediction_time
where s.cohort = 'mature'
