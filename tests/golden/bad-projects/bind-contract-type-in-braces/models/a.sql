select amount::decimal(18,2) as amount from {{ source('raw', 'orders') }}
