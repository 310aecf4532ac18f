select sum(status) as total from {{ source('raw', 'orders') }}
