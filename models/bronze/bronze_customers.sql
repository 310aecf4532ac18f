{{ config(alias='customers') }}

-- The CRM's customer list as delivered: local wall-clock times, repeated rows, attributes overwritten in place.
select
    customer_id,
    company_name,
    country,
    utc_offset_minutes,
    industry,
    segment,
    signed_up_local,
    cancelled_at,
    cancel_reason,
    account_status,
    account_owner,
    health_score,
    updated_at,
    loaded_at
from {{ source('raw', 'customers') }}
