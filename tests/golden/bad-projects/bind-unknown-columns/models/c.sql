select * exclude (statsu) from {{ source('raw', 'orders') }}
