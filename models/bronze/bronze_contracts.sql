{{ config(alias='contracts') }}

-- Contracts as signed, one row per term, never changed afterwards.
select
    contract_id,
    customer_id,
    term,
    annual_value,
    signed_at,
    starts_on,
    ends_on,
    loaded_at
from {{ source('raw', 'contracts') }}
