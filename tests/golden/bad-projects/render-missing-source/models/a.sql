select * from {{ source('raw', 'tikets') }}
