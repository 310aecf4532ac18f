{{ config(alias='purchases') }}

-- Purchases by customer and day: several transactions of a day are one visit to the shop.
with days as (
    select
        customer_id,
        purchase_date,
        count(*)::integer as transactions,
        sum(cds)::integer as cds,
        sum(dollars) as dollars
    from {{ ref('bronze_transactions') }}
    group by customer_id, purchase_date
)

select
    customer_id,
    purchase_date,
    transactions,
    cds,
    dollars,
    date_diff(
        'day', lag(purchase_date) over (partition by customer_id order by purchase_date), purchase_date
    )::integer as days_since_previous
from days
