select id from {{ source('raw', 'orders') }} where row_number() over (order by id) = 1
