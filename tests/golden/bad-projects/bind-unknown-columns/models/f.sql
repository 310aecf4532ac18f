select x.id from {{ source('raw', 'orders') }} o
