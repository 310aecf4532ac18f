select * from {{ ref('y') }}
