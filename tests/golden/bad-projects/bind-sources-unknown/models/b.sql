select id + 1 as next from {{ source('raw', 'partial') }}
