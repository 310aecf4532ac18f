{{ config(alias='daily_engagement') }}

-- Sessions summed by customer, UTC day, product area and the batch that brought them. The batch is part of the
-- grain on purpose: a day's total changes when late rows arrive, so the day alone has no single availability.
-- Whoever sums over rows with available_at <= t sees the day exactly as it was known at t.
with sessions as (
    select
        event_id,
        customer_id,
        event_ts,
        lower(trim(feature)) as feature,
        login_count,
        duration_seconds,
        loaded_at
    from {{ ref('bronze_events') }}
    where event_type = 'session'
      and customer_id is not null
    -- telemetry is delivered at least once; the first delivery counts
    qualify row_number() over (partition by event_id order by loaded_at) = 1
)

select
    customer_id,
    event_ts::date as activity_date,
    feature,
    loaded_at as available_at,
    count(*)::integer as session_count,
    sum(login_count)::integer as login_count,
    coalesce(sum(duration_seconds), 0)::integer as session_seconds,
    coalesce(sum(duration_seconds), 0) / 60 as session_minutes
from sessions
group by customer_id, event_ts::date, feature, loaded_at
