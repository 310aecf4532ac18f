{{ config(alias='events') }}

-- Product telemetry as delivered: late rows, second deliveries, two spellings of an area, lost customers.
select
    event_id,
    customer_id,
    event_type,
    event_ts,
    feature,
    onboarding_step,
    login_count,
    duration_seconds,
    device,
    loaded_at
from {{ source('raw', 'events') }}
