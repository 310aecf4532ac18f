{{ config(alias='active_customers') }}

-- Who is scored when: customers with a purchase in the last {{ var('active_days') }} days, with what the shop knew of them.
--
-- Plain SQL on purpose: these customers have no life with a beginning and an end, which is what `spine` is for; they
-- are scored while they are active.
select
    h.customer_id,
    t.prediction_time,
    case
        when h.purchase_days = 1 then 'one_time'
        when h.purchase_days <= 4 then 'repeat'
        else 'frequent'
    end as cohort,
    date_diff('day', h.first_purchase_date::timestamp, t.prediction_time)::integer as tenure_days,
    h.purchase_days::integer as frequency,
    h.lifetime_dollars::double as monetary
from {{ ref('gold_prediction_times') }} as t
join {{ ref('silver_customers') }} as h
    on h.known_from <= t.prediction_time
   and h.known_from >= t.prediction_time - interval {{ var('active_days') }} day
qualify row_number() over (partition by h.customer_id, t.prediction_time order by h.known_from desc) = 1
