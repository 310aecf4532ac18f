-- a
select *
from {{ ref('b') }}
