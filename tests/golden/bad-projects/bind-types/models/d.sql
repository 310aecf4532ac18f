select id::strng as id from {{ source('raw', 'orders') }}
