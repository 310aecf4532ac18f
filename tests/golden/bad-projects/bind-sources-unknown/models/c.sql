select * from {{ source('raw', 'typo') }}
