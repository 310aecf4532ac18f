-- Who leaves, and when: a monthly hazard from tenure, fit, engagement and its fall, last month's bad support,
-- an unfinished onboarding and a renewal coming up, times a drift in the market; the rest is chance.

create or replace temp table churned as
with bad_support as (
    select customer_id, m + 1 as m,
        count(*) filter (where sentiment < -0.25 or escalated_at is not null) as bad_tickets
    from possible_tickets
    group by customer_id, m
),
steps as (
    select customer_id, count(*) as steps_done from onboarding group by customer_id
),
hazards as (
    select
        b.customer_id,
        b.m,
        b.signed_up_at,
        b.starts_at,
        b.ends_at,
        case
            when b.tenure_days < 60 then 0.175
            when b.tenure_days < 120 then 0.050
            when b.tenure_days < 365 then 0.032
            else 0.0185
        end
        * exp(
            -0.85 * b.quality
            - 1.25 * b.state
            - 0.80 * (b.state - b.last_state)
            + 0.70 * least(coalesce(t.bad_tickets, 0), 3)
            + case when b.tenure_days < 120 then 0.35 * (3.5 - coalesce(o.steps_done, 0)) else 0 end
            -- annual contracts end at their renewal far more often than in the middle
            + case
                when b.term_days <> 365 or b.tenure_days < 300 then 0
                when b.tenure_days % 365 >= 335 then 2.1
                else -0.60
            end
            -- the market turns: prices rise in the summer of 2024, a rival arrives in the autumn
            + case when b.m >= 11 then 0.10 else 0 end + case when b.m >= 14 then 0.12 else 0 end
            + case b.segment when 'enterprise' then -0.35 when 'mid_market' then -0.10 else 0 end
        ) as hazard
    from customer_months as b
    left join bad_support as t on t.customer_id = b.customer_id and t.m = b.m
    left join steps as o on o.customer_id = b.customer_id
),
drawn as (
    select
        customer_id,
        m,
        signed_up_at,
        greatest(signed_up_at + interval 1 day, starts_at) as exposed_from,
        ends_at
    from hazards
    where uniform(50, customer_id, m) < 1 - exp(
        -least(hazard, 1.5) * epoch(ends_at - greatest(signed_up_at, starts_at)) / 2592000.0)
),
first_exit as (
    select customer_id, min(m) as m from drawn group by customer_id
)
select
    d.customer_id,
    d.m,
    d.exposed_from + to_seconds((epoch(d.ends_at - d.exposed_from) * uniform(51, d.customer_id, d.m))::bigint) as cancelled_at,
    -- five in six lose interest in the weeks before they say so, old customers sooner
    uniform(52, d.customer_id, 0) < 0.85 as fades,
    case when d.exposed_from < d.signed_up_at + interval 90 day then 35 else 95 end as fading_days,
    uniform(53, d.customer_id, 0) as u_reason
from drawn as d
join first_exit as f on f.customer_id = d.customer_id and f.m = d.m
where d.ends_at > d.exposed_from;
