select * from {{ ref('a') }} join {{ ref('c') }} using (id)
