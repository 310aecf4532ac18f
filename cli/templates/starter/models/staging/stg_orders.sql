select
    order_id,
    customer_id,
    ordered_at,
    amount,
    loaded_at
from {{ source('raw', 'orders') }}
where amount > 0
