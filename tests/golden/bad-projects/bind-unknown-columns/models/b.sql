select o.custmer_id, c.name
from {{ source('raw', 'orders') }} o
join {{ source('raw', 'customers') }} c using (customer_id)
