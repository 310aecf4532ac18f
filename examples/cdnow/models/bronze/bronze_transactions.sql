{{ config(alias='transactions') }}

-- The log as published.
select
    customer_id,
    purchase_date,
    cds,
    dollars
from {{ source('raw', 'transactions') }}
