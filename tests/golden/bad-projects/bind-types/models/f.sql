select id, amount from {{ source('raw', 'orders') }}
union all
select customer_id from {{ source('raw', 'customers') }}
