{{ config(alias='support_tickets') }}

-- Tickets, one row each (the first delivery). What happens to a ticket later carries the instant it was known;
-- priority is left behind: the help desk overwrites it and keeps no history.
select
    ticket_id,
    customer_id,
    opened_at,
    category,
    closed_at,
    -- exact, so that an average does not depend on the order of its rows
    sentiment::decimal(4, 2) as sentiment,
    closed_at + interval 1 hour as sentiment_known_at,
    escalated_at,
    loaded_at as available_at
from {{ ref('bronze_support_tickets') }}
where customer_id is not null
qualify row_number() over (partition by ticket_id order by loaded_at) = 1
