-- The horizons of the label are those the business signed off (seeds/cohorts.csv).
select distinct g.cohort, g.horizon_days, c.horizon_days as expected
from {{ ref('customer_360') }} as g
left join {{ ref('cohorts') }} as c
    on c.cohort = g.cohort
where c.horizon_days is distinct from g.horizon_days
