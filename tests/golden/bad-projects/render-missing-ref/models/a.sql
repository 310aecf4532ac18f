select *
from {{ ref('ordres') }}
join {{ ref('shop', 'orders') }} using (id)
