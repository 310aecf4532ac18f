select id
from {{ ref('a') }}
where amount < 0
