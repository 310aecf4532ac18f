-- e
select *
from {{ ref('a') }}
