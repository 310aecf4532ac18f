-- A label that nobody, or everybody, has is a broken label. The bounds are wide; see seeds/cohorts.csv.
{{ config(severity='warn') }}

select g.cohort, avg(g.churned::integer) as base_churn, count(*) as customers
from {{ ref('customer_360') }} as g
join {{ ref('cohorts') }} as c
    on c.cohort = g.cohort
where g.churned is not null
group by g.cohort, c.base_churn_low, c.base_churn_high
having count(*) >= 1000
   and (avg(g.churned::integer) < c.base_churn_low or avg(g.churned::integer) > c.base_churn_high)
