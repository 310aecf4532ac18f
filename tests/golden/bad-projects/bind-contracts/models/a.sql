select id, amount, status, ordered_at::date as day from {{ source('raw', 'orders') }}
