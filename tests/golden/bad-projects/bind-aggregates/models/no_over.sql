select row_number() as n from {{ source('raw', 'orders') }}
