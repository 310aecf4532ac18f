select o.id
from raw.orders o
join main.a on a.id = o.id
