select * from {{ source('raw', 'orders') }} where ordered_at > 20240101
