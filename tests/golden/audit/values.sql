-- What becomes a feature's value: cells known later, CASE, FILTER, labels, encodings, statistics.

-- case: the label as a feature | leak: was_churned
select s.customer_id, s.prediction_time, s.churned as was_churned from raw.spine s
-- case: the label of an earlier prediction, its horizon over | clean
select s.customer_id, s.prediction_time, max(b.churned) as churned_before
from raw.spine s left join raw.spine b
  on b.customer_id = s.customer_id and b.prediction_time + interval 30 days <= s.prediction_time
group by all

-- case: label horizon overlap | leak: churned_before
select s.customer_id, s.prediction_time, max(b.churned) as churned_before
from raw.spine s left join raw.spine b
  on b.customer_id = s.customer_id and b.prediction_time < s.prediction_time
group by all
-- case: label horizon respected by a month more | clean
select s.customer_id, s.prediction_time, max(b.churned) as churned_before
from raw.spine s left join raw.spine b
  on b.customer_id = s.customer_id and b.prediction_time <= s.prediction_time - interval 2 months
group by all

-- case: target encoding | leak: rate
select s.customer_id, s.prediction_time, avg(o.churned) as rate
from raw.spine s join raw.customers c on c.customer_id = s.customer_id and c.signup_ts <= s.prediction_time
join raw.spine o on o.prediction_time <= s.prediction_time
group by all
-- case: target encoding from closed horizons | clean
select s.customer_id, s.prediction_time, avg(o.churned) as rate
from raw.spine s join raw.customers c on c.customer_id = s.customer_id and c.signup_ts <= s.prediction_time
join raw.spine o on o.prediction_time <= s.prediction_time - interval 30 days
group by all

-- case: a spine filtered by the label | leak: (rows)
select s.customer_id, s.prediction_time, 1 as one from raw.spine s where s.churned is not null
-- case: a spine filtered by its time | clean
select s.customer_id, s.prediction_time, 1 as one from raw.spine s where s.prediction_time >= timestamp '2024-01-01'

-- case: a mutable dimension | leak: segment
select s.customer_id, s.prediction_time, c.segment
from raw.spine s left join raw.customers c on c.customer_id = s.customer_id and c.signup_ts <= s.prediction_time
-- case: a mutable dimension, if not changed since | clean
select s.customer_id, s.prediction_time, case when c.updated_at <= s.prediction_time then c.segment end as segment
from raw.spine s left join raw.customers c on c.customer_id = s.customer_id and c.signup_ts <= s.prediction_time

-- case: resolution time of an open ticket | leak: hours
select s.customer_id, s.prediction_time, avg(date_diff('hour', t.opened_at, t.closed_at)) as hours
from raw.spine s left join raw.tickets t on t.customer_id = s.customer_id and t.loaded_at <= s.prediction_time
group by all
-- case: resolution time of closed tickets | clean
select s.customer_id, s.prediction_time,
  avg(date_diff('hour', t.opened_at, t.closed_at)) filter (where t.closed_at <= s.prediction_time) as hours
from raw.spine s left join raw.tickets t on t.customer_id = s.customer_id and t.loaded_at <= s.prediction_time
group by all

-- case: open tickets by the NULL of today | leak: open
select s.customer_id, s.prediction_time, count(t.ticket_id) filter (where t.closed_at is null) as open
from raw.spine s left join raw.tickets t on t.customer_id = s.customer_id and t.loaded_at <= s.prediction_time
group by all
-- case: open tickets as of then | clean
select s.customer_id, s.prediction_time,
  count(t.ticket_id) filter (where t.closed_at is null or t.closed_at > s.prediction_time) as open
from raw.spine s left join raw.tickets t on t.customer_id = s.customer_id and t.loaded_at <= s.prediction_time
group by all

-- case: sentiment at closing time | leak: mood
select s.customer_id, s.prediction_time, avg(case when t.closed_at <= s.prediction_time then t.sentiment end) as mood
from raw.spine s left join raw.tickets t on t.customer_id = s.customer_id and t.loaded_at <= s.prediction_time
group by all
-- case: sentiment an hour after closing time | clean
select s.customer_id, s.prediction_time,
  avg(case when t.closed_at + interval 1 hour <= s.prediction_time then t.sentiment end) as mood
from raw.spine s left join raw.tickets t on t.customer_id = s.customer_id and t.loaded_at <= s.prediction_time
group by all

-- case: an attribute whose past nobody knows | leak: owner
select s.customer_id, s.prediction_time, max(t.owner) as owner
from raw.spine s left join raw.tickets t on t.customer_id = s.customer_id and t.loaded_at <= s.prediction_time
group by all
-- case: an attribute that does not change | clean
select s.customer_id, s.prediction_time, max(t.severity) as severity
from raw.spine s left join raw.tickets t on t.customer_id = s.customer_id and t.loaded_at <= s.prediction_time
group by all

-- case: an unbounded CASE branch | leak: spend
select s.customer_id, s.prediction_time,
  sum(case when e.kind = 'refund' then -e.amount when e.loaded_at <= s.prediction_time then e.amount end) as spend
from raw.spine s left join raw.events e on e.customer_id = s.customer_id
group by all
-- case: every CASE branch bounded | clean
select s.customer_id, s.prediction_time,
  sum(case when e.loaded_at > s.prediction_time then null when e.kind = 'refund' then -e.amount else e.amount end) as spend
from raw.spine s left join raw.events e on e.customer_id = s.customer_id
group by all

-- case: CASE ELSE 0 on a nullable value | leak: spend
select s.customer_id, s.prediction_time,
  sum(case when f.loaded_at <= s.prediction_time then f.quantity else 0 end) as spend
from raw.spine s join raw.feed f on f.customer_id = s.customer_id
group by all
-- case: CASE ELSE 0 on a count | clean | except: (rows)
select s.customer_id, s.prediction_time,
  sum(case when e.loaded_at <= s.prediction_time then 1 else 0 end) as n,
  max(case when e.loaded_at <= s.prediction_time and e.kind = 'a' then 1 else 0 end) as any_a
from raw.spine s left join raw.events e on e.customer_id = s.customer_id
group by all

-- case: FILTER on the wrong clock | leak: n
select s.customer_id, s.prediction_time, count(*) filter (where e.event_ts <= s.prediction_time) as n
from raw.spine s left join raw.events e on e.customer_id = s.customer_id
group by all
-- case: FILTER on availability | clean
select s.customer_id, s.prediction_time, count(*) filter (where e.loaded_at <= s.prediction_time) as n
from raw.spine s left join raw.events e on e.customer_id = s.customer_id
group by all

-- case: count distinct over the future | leak: kinds
select s.customer_id, s.prediction_time, count(distinct e.kind) as kinds
from raw.spine s left join raw.events e on e.customer_id = s.customer_id
group by all
-- case: count distinct with a filter | clean
select s.customer_id, s.prediction_time, count(distinct e.kind) filter (where e.loaded_at <= s.prediction_time) as kinds
from raw.spine s left join raw.events e on e.customer_id = s.customer_id
group by all

-- case: imputation by a global mean | leak: amount
select s.customer_id, s.prediction_time, coalesce(max(e.amount), (select avg(amount) from raw.events)) as amount
from raw.spine s left join raw.events e on e.customer_id = s.customer_id and e.loaded_at <= s.prediction_time
group by all
-- case: imputation by a constant | clean
select s.customer_id, s.prediction_time, coalesce(max(e.amount), 0) as amount
from raw.spine s left join raw.events e on e.customer_id = s.customer_id and e.loaded_at <= s.prediction_time
group by all

-- case: normalisation over all rows | leak: score
with f as (
  select s.customer_id, s.prediction_time, count(e.event_id) as n
  from raw.spine s left join raw.events e on e.customer_id = s.customer_id and e.loaded_at <= s.prediction_time
  group by all)
select customer_id, prediction_time, n / max(n) over () as score from f
-- case: normalisation within the prediction time | clean
with f as (
  select s.customer_id, s.prediction_time, count(e.event_id) as n
  from raw.spine s left join raw.events e on e.customer_id = s.customer_id and e.loaded_at <= s.prediction_time
  group by all)
select customer_id, prediction_time, n / max(n) over (partition by prediction_time) as score from f

-- case: undeclared availability | open: note
select s.customer_id, s.prediction_time, n.note
from raw.spine s left join (select customer_id, max(note) as note from raw.notes group by all) n using (customer_id)
-- case: nothing read but the spine | clean
select s.customer_id, s.prediction_time, date_part('dow', s.prediction_time) as weekday, length('note') as four from raw.spine s

-- case: a list of the future | leak: kinds
select s.customer_id, s.prediction_time, list(e.kind order by e.event_ts) as kinds
from raw.spine s left join raw.events e on e.customer_id = s.customer_id
group by all
-- case: a list of the past | clean
select s.customer_id, s.prediction_time,
  list_filter(list(e.kind order by e.event_ts), lambda k: k <> 'x') as kinds
from raw.spine s left join raw.events e on e.customer_id = s.customer_id and e.loaded_at <= s.prediction_time
group by all

-- case: random noise | leak: noise
select s.customer_id, s.prediction_time, random() as noise from raw.spine s
-- case: a hash for noise | clean
select s.customer_id, s.prediction_time, hash(s.customer_id) % 100 as bucket from raw.spine s

-- case: tickets kept while they are open today | leak: n
select s.customer_id, s.prediction_time,
  (select count(*) from raw.tickets t
   where t.customer_id = s.customer_id and t.loaded_at <= s.prediction_time and t.closed_at is null) as n
from raw.spine s
-- case: tickets kept while they were open then | clean
select s.customer_id, s.prediction_time,
  (select count(*) from raw.tickets t
   where t.customer_id = s.customer_id and t.loaded_at <= s.prediction_time
     and (t.closed_at is null or t.closed_at > s.prediction_time)) as n
from raw.spine s

-- case: an earlier label a day before its horizon | leak: churned_before
select s.customer_id, s.prediction_time, max(b.churned) as churned_before
from raw.spine s left join raw.spine b
  on b.customer_id = s.customer_id and b.prediction_time <= s.prediction_time - interval 29 days
group by all
-- case: an earlier label on the day of its horizon | clean
select s.customer_id, s.prediction_time, max(b.churned) as churned_before
from raw.spine s left join raw.spine b
  on b.customer_id = s.customer_id and b.prediction_time <= s.prediction_time - interval 30 days
group by all

-- case: a flag over everything that ever happened | leak: flag
select s.customer_id, s.prediction_time, max(case when e.kind = 'upgrade' then 1 else 0 end) as flag
from raw.spine s left join raw.events e on e.customer_id = s.customer_id
group by all
-- case: a flag over what had happened, by the CASE alone | clean
select s.customer_id, s.prediction_time, max(case when e.loaded_at <= s.prediction_time then 1 else 0 end) as flag
from raw.spine s left join raw.events e on e.customer_id = s.customer_id
group by all

-- case: the row's place in its table | leak: place
select s.customer_id, s.prediction_time, rowid as place from raw.spine s
-- case: the row's place among those before it | clean
select s.customer_id, s.prediction_time,
  row_number() over (partition by s.customer_id order by s.prediction_time) as place
from raw.spine s

-- case: the NULL of a late row is the newest | leak: kind
select s.customer_id, s.prediction_time,
  arg_max_null(case when e.loaded_at <= s.prediction_time then e.kind end, e.loaded_at) as kind
from raw.spine s left join raw.events e on e.customer_id = s.customer_id
group by all
-- case: the NULL of a late row is passed over | clean
select s.customer_id, s.prediction_time,
  arg_max(case when e.loaded_at <= s.prediction_time then e.kind end, e.loaded_at) as kind
from raw.spine s left join raw.events e on e.customer_id = s.customer_id
group by all

-- case: a late row makes a count_if of nothing zero | leak: n
select s.customer_id, s.prediction_time,
  (select count_if(e.loaded_at <= s.prediction_time) from raw.events e where e.customer_id = s.customer_id) as n
from raw.spine s
-- case: a count with a FILTER is zero of nothing | clean
select s.customer_id, s.prediction_time,
  (select count(*) filter (where e.loaded_at <= s.prediction_time) from raw.events e where e.customer_id = s.customer_id) as n
from raw.spine s

-- case: a late row makes an entropy of nothing zero | leak: spread
select s.customer_id, s.prediction_time, (select entropy(case when e.loaded_at <= s.prediction_time then e.kind end)
  from raw.events e where e.customer_id = s.customer_id) as spread
from raw.spine s
-- case: a late row leaves a deviation of nothing NULL | clean
select s.customer_id, s.prediction_time, (select stddev_pop(case when e.loaded_at <= s.prediction_time then e.amount end)
  from raw.events e where e.customer_id = s.customer_id) as spread
from raw.spine s

-- case: a pick in an order of the clock | leak: kind
select s.customer_id, s.prediction_time, first(e.kind order by hash(epoch(now()) + e.event_id)) as kind
from raw.spine s left join raw.events e on e.customer_id = s.customer_id and e.loaded_at <= s.prediction_time group by all
-- case: a pick in an order of its own | clean
select s.customer_id, s.prediction_time, first(e.kind order by hash(e.event_id), e.event_id) as kind
from raw.spine s left join raw.events e on e.customer_id = s.customer_id and e.loaded_at <= s.prediction_time group by all

-- case: a clock among constants | leak: built
select s.customer_id, s.prediction_time, t.built from raw.spine s, (values (now())) t(built)
-- case: constants | clean
select s.customer_id, s.prediction_time, t.horizon from raw.spine s, (values (30)) t(horizon)

-- case: a clock in a list that is spread out | leak: built
select s.customer_id, s.prediction_time, unnest([now()]) as built from raw.spine s
-- case: constants in a list that is spread out | clean
select s.customer_id, s.prediction_time, unnest([30]) as horizon from raw.spine s
