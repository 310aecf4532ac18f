select * from {{ source('raw', 'nowhere') }}
