{{ config(alias='features_support') }}

-- Support in the last 30 days. A ticket counts once it is known; its sentiment from an hour after it was closed,
-- its escalation from when it was escalated.
select
    s.customer_id,
    s.prediction_time,
    count(t.ticket_id)::integer as tickets_30d,
    avg(t.sentiment) filter (where t.sentiment_known_at <= s.prediction_time) as avg_sentiment_30d,
    count(t.ticket_id) filter (where t.escalated_at <= s.prediction_time)
        / nullif(count(t.ticket_id), 0) as escalation_rate_30d
from {{ ref('gold_customer_spine') }} as s
left join {{ ref('silver_support_tickets') }} as t
    on t.customer_id = s.customer_id
   and t.available_at <= s.prediction_time
   and t.opened_at >= s.prediction_time - interval 30 day
   and t.opened_at < s.prediction_time
group by s.customer_id, s.prediction_time
