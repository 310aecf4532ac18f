{{ config(alias='onboarding_steps') }}

-- Onboarding steps, each at its first completion and first delivery.
select
    customer_id,
    onboarding_step,
    event_ts as completed_at,
    loaded_at as available_at
from {{ ref('bronze_events') }}
where event_type = 'onboarding_step'
  and customer_id is not null
  and onboarding_step is not null
qualify row_number() over (partition by customer_id, onboarding_step order by loaded_at, event_ts, event_id) = 1
