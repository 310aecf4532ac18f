-- One row per customer and prediction time. Every feature uses only what was loaded by then.
with prediction_times as (
    select unnest([timestamp '2024-02-01', timestamp '2024-03-01']) as prediction_time
),

spine as (
    select distinct o.customer_id, p.prediction_time
    from prediction_times as p
    join {{ ref('stg_orders') }} as o on o.loaded_at <= p.prediction_time
)

select
    s.customer_id,
    s.prediction_time,
    count(o.order_id) as orders_30d,
    coalesce(sum(o.amount), 0) as amount_30d
from spine as s
left join {{ ref('stg_orders') }} as o
    on o.customer_id = s.customer_id
    and o.loaded_at <= s.prediction_time
    and o.ordered_at >= s.prediction_time - interval 30 day
group by all
