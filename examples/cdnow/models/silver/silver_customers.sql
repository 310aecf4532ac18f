{{ config(alias='customers') }}

-- Customers with their history: one row per customer and purchase day, as the shop knew it on that day.
select
    customer_id,
    purchase_date as known_from,
    min(purchase_date) over past as first_purchase_date,
    count(*) over past as purchase_days,
    sum(dollars) over past as lifetime_dollars
from {{ ref('silver_purchases') }}
window past as (
    partition by customer_id order by purchase_date
    range between unbounded preceding and current row
)
