select sum(avg(amount)) as x from {{ source('raw', 'orders') }}
