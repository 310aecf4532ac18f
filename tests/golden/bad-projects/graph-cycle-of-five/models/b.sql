-- b
select *
from {{ ref('c') }}
