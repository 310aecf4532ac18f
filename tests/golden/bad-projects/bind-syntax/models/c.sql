select 'open from {{ source('raw', 'orders') }}
