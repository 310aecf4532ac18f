select coalesce(ordered_at, 0) as t from {{ source('raw', 'orders') }}
