select * from {{ source('raw', 'orders') }} join {{ source('raw', 'customers') }} using (customerid)
