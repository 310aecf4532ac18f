-- Labels: made of (prediction_time, prediction_time + horizon], and of nothing else that is later.

-- case: a label beyond its horizon | label: churned 30 days | leak: churned
select s.customer_id, s.prediction_time, count(e.event_id) = 0 as churned
from raw.spine s left join raw.events e
  on e.customer_id = s.customer_id and e.event_ts > s.prediction_time and e.event_ts <= s.prediction_time + interval 60 days
group by all
-- case: a label within its horizon | label: churned 30 days | clean
select s.customer_id, s.prediction_time, count(e.event_id) = 0 as churned
from raw.spine s left join raw.events e
  on e.customer_id = s.customer_id and e.event_ts > s.prediction_time and e.event_ts <= s.prediction_time + interval 30 days
group by all

-- case: a label that sees late rows of the past | label: churned 30 days | leak: churned
select s.customer_id, s.prediction_time, count(e.event_id) = 0 as churned
from raw.spine s left join raw.events e
  on e.customer_id = s.customer_id and e.event_ts <= s.prediction_time + interval 30 days
group by all
-- case: a label whose horizon depends on what was known | label: churned 60 days | clean
select s.customer_id, s.prediction_time, count(e.event_id) = 0 as churned
from raw.spine s join raw.customers c on c.customer_id = s.customer_id and c.signup_ts <= s.prediction_time
left join raw.events e on e.customer_id = s.customer_id and e.event_ts > s.prediction_time
 and e.event_ts <= s.prediction_time + case when c.signup_ts > s.prediction_time - interval 90 days then interval 30 days else interval 60 days end
group by all

-- case: a label that nothing later changes | label: churned 30 days | open: churned
select s.customer_id, s.prediction_time, count(e.event_id) = 0 as churned
from raw.spine s left join raw.events e on e.customer_id = s.customer_id and e.loaded_at <= s.prediction_time
group by all
-- case: a label by NOT EXISTS | label: churned 90 days | clean
select s.customer_id, s.prediction_time,
  not exists (select 1 from raw.events e where e.customer_id = s.customer_id
    and e.event_ts > s.prediction_time and e.event_ts <= s.prediction_time + interval 90 days) as churned
from raw.spine s
