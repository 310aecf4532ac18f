-- d
select *
from {{ ref('e') }}
