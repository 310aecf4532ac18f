{{ config(alias='support_tickets') }}

-- Help-desk tickets as delivered: closing time, sentiment and escalation are filled in later, in place.
select
    ticket_id,
    customer_id,
    opened_at,
    closed_at,
    sentiment,
    escalated_at,
    category,
    priority,
    loaded_at
from {{ source('raw', 'support_tickets') }}
