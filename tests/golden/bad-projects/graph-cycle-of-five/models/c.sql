-- c
select *
from {{ ref('d') }}
