-- How engagement moves, month by month: an autoregressive state per customer (four shocks, fading by 0.75),
-- so that nobody's churn is written into anybody's past: churn is drawn later, from this.

create or replace temp table customer_months as
with states as (
    select
        c.customer_id,
        c.signed_up_at,
        c.quality,
        c.fussiness,
        c.segment,
        c.term_days,
        m.m,
        m.starts_at,
        m.ends_at,
        0.60 * (gauss(20, c.customer_id, m.m + 4) + 0.75 * gauss(20, c.customer_id, m.m + 3)
            + 0.5625 * gauss(20, c.customer_id, m.m + 2) + 0.421875 * gauss(20, c.customer_id, m.m + 1)) as state,
        0.60 * (gauss(20, c.customer_id, m.m + 5) + 0.75 * gauss(20, c.customer_id, m.m + 4)
            + 0.5625 * gauss(20, c.customer_id, m.m + 3) + 0.421875 * gauss(20, c.customer_id, m.m + 2)) as next_state,
        0.60 * (gauss(20, c.customer_id, m.m + 3) + 0.75 * gauss(20, c.customer_id, m.m + 2)
            + 0.5625 * gauss(20, c.customer_id, m.m + 1) + 0.421875 * gauss(20, c.customer_id, m.m)) as last_state,
        date_diff('day', c.signed_up_at, m.starts_at) as tenure_days
    from customers as c
    join sim_months as m on c.signed_up_at < m.ends_at
)
select
    *,
    -- chance of being active on a working day, at the month's start and at its end; usage drifts up with the
    -- years, and the smaller segments are less regular
    0.92 * logistic(-0.75 + 0.75 * quality + state + 0.012 * m
        + case segment when 'enterprise' then 0.5 when 'mid_market' then 0.2 else 0 end) as active_from,
    0.92 * logistic(-0.75 + 0.75 * quality + next_state + 0.012 * (m + 1)
        + case segment when 'enterprise' then 0.5 when 'mid_market' then 0.2 else 0 end) as active_to
from states;

-- Onboarding: five steps, the later the rarer; better fitting customers do more of them, sooner.
create or replace temp table onboarding as
select
    c.customer_id,
    k::integer as step,
    c.signed_up_at + to_seconds((3600 * (0.3 + 14 * k * uniform(31, c.customer_id, k) * uniform(32, c.customer_id, k)
        * (1.6 - logistic(c.quality))))::bigint) as done_at
from customers as c, range(1, 6) as r(k)
where uniform(30, c.customer_id, k) < logistic(1.7 + 1.1 * c.quality - 0.45 * k);

-- Tickets anybody might open, before we know who leaves. A month of falling engagement brings more of them.
create or replace temp table possible_tickets as
with drawn as (
    select
        b.customer_id,
        b.m,
        k::integer as k,
        b.signed_up_at,
        b.quality,
        b.m * 8 + k as step,
        b.starts_at + to_seconds((epoch(b.ends_at - b.starts_at) * uniform(41, b.customer_id, b.m * 8 + k))::bigint) as opened_at,
        greatest(-1.0, least(1.0, round(
            0.15 + 0.25 * b.quality + 0.20 * b.state + 0.45 * gauss(42, b.customer_id, b.m * 8 + k), 2))) as sentiment,
        uniform(43, b.customer_id, b.m * 8 + k) as u_effort,
        uniform(44, b.customer_id, b.m * 8 + k) as u_escalation
    from customer_months as b, range(0, 4) as r(k)
    where uniform(40, b.customer_id, b.m * 8 + k)
        < (0.10 + case when b.tenure_days < 60 then 0.06 else 0 end)
            * exp(0.55 * b.fussiness - 0.25 * (b.next_state - b.state) - 0.15 * b.quality) * (1 - 0.2 * k)
)
select
    customer_id,
    m,
    k,
    opened_at,
    sentiment,
    -- two hours to three weeks; one in sixteen is never closed
    case when u_effort < 0.9375
        then opened_at + to_seconds((7200 + 1800000 * u_effort * u_effort * u_effort * u_effort)::bigint)
    end as closed_at,
    case when u_escalation < 0.06 + 0.20 * (sentiment < -0.25)::integer
        then opened_at + to_seconds((3600 + 400000 * u_effort)::bigint)
    end as escalated_at
from drawn
where opened_at > signed_up_at;
