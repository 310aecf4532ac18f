{{ config(alias='labels') }}

-- Churned: bought nothing in the {{ var('horizon_days') }} days after the prediction day. NULL where the log ends before.
--
-- Plain SQL on purpose: a label can be any query that the audit proves to look at the horizon alone.
select
    a.customer_id,
    a.prediction_time,
    case
        when a.prediction_time + interval {{ var('horizon_days') }} day <= timestamp '{{ var("data_until") }}'
            then count(p.purchase_date) = 0
    end as churned
from {{ ref('gold_active_customers') }} as a
left join {{ ref('silver_purchases') }} as p
    on p.customer_id = a.customer_id
   and p.purchase_date > a.prediction_time
   and p.purchase_date <= a.prediction_time + interval {{ var('horizon_days') }} day
group by a.customer_id, a.prediction_time
