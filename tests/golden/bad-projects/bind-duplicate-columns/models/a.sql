select o.*, c.*
from {{ source('raw', 'orders') }} o
join {{ source('raw', 'customers') }} c using (customer_id)
