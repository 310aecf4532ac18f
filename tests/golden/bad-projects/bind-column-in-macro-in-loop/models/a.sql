select
  customer_id,
  {{ sums(['amount', 'discount']) }}
from {{ source('raw', 'orders') }}
group by all
