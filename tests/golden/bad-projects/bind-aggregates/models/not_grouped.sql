select customer_id, status, count(*) as n
from {{ source('raw', 'orders') }}
group by customer_id
