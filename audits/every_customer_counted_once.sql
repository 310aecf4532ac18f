-- No feature family loses or repeats a customer of the spine.
with counted as (
    select 'gold_features_engagement' as model, count(*) as n from {{ ref('gold_features_engagement') }}
    union all
    select 'gold_features_support', count(*) from {{ ref('gold_features_support') }}
    union all
    select 'customer_360', count(*) from {{ ref('customer_360') }}
)

select c.model, c.n, s.n as expected
from counted as c
cross join (select count(*) as n from {{ ref('gold_customer_spine') }}) as s
where c.n <> s.n
