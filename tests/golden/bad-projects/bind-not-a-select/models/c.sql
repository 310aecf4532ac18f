delete from {{ source('raw', 'orders') }}
