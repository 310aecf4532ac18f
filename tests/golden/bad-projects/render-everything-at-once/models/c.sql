select * from {{ ref('b') }}, {{ ref('d') }}
