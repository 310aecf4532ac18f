select (select id, amount from {{ source('raw', 'orders') }}) as x
