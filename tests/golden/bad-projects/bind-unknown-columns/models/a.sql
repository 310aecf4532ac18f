with orders as (
  select * from {{ source('raw', 'orders') }}
)
select
  id,
  amuont
from orders
