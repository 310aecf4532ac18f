select
  customer_id,
  {{ total('amount') }} as total
from {{ source('raw', 'orders') }}
group by customer_id
