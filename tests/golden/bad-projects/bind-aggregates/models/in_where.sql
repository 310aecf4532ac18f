select customer_id
from {{ source('raw', 'orders') }}
where count(*) > 1
group by customer_id
