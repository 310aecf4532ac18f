select idd as id from {{ source('raw', 'orders') }}
