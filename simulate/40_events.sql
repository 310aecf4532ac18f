-- Product telemetry: one row per session with a main product area, about one per active day, and one per
-- finished onboarding step. Rows reach the warehouse hours late, some of them (offline devices) days late, and
-- one in a hundred is delivered twice. Generated month by month, so that memory stays flat.
{% set months = var('months', var('prediction_months', 12)) | int -%}

create or replace temp table lives as
select
    c.customer_id,
    c.signed_up_at,
    c.breadth,
    c.utc_offset_minutes,
    coalesce(x.cancelled_at, s.ends_at) as lives_until,
    case when x.fades then x.cancelled_at end as fades_until,
    x.fading_days
from customers as c
cross join settings as s
left join churned as x on x.customer_id = c.customer_id;

create or replace temp table events (
    event_id bigint, customer_id bigint, event_type varchar, event_ts timestamp, feature varchar,
    onboarding_step integer, login_count integer, duration_seconds integer, device varchar, loaded_at timestamp
);

{% for m in range(months + 8) %}
insert into events
with days as (
    select
        b.customer_id,
        l.signed_up_at,
        l.lives_until,
        l.fades_until,
        l.fading_days,
        l.breadth,
        l.utc_offset_minutes,
        d::integer as sim_day,
        s.tracking_start + to_days(d::integer) as local_day,
        b.active_from + (b.active_to - b.active_from) * (d - n.first_day) / (n.next_first_day - n.first_day) as chance
    from customer_months as b
    join lives as l on l.customer_id = b.customer_id
    cross join settings as s
    cross join (select * from sim_months where m = {{ m }}) as n
    cross join range((select first_day from sim_months where m = {{ m }}),
                     (select next_first_day from sim_months where m = {{ m }})) as r(d)
    where b.m = {{ m }}
      and l.lives_until > n.starts_at
),
active as (
    select
        *,
        date_diff('day', signed_up_at, local_day) as age_days,
        uniform(60, customer_id, sim_day) as u_active
    from days
    where local_day < lives_until
      and local_day > signed_up_at - interval 1 day
      and uniform(60, customer_id, sim_day)
        < chance
            * case when dayofweek(local_day) in (0, 6) then 0.35 else 1 end
            -- the first three weeks are livelier, the last of a fading customer are not
            * case when date_diff('day', signed_up_at, local_day) < 21 then 1.35 else 1 end
            * case when fades_until is not null and local_day > fades_until - to_days(fading_days)
                then 0.10 + 0.90 * greatest(0, epoch(fades_until - local_day)) / (86400.0 * fading_days) else 1 end
),
sessions as (
    select
        a.*,
        k::integer as k,
        a.sim_day * 2 + k as step
    from active as a, range(0, 2) as r(k)
    where k = 0 or uniform(61, a.customer_id, a.sim_day) < 0.18
),
timed as (
    select
        customer_id,
        signed_up_at,
        lives_until,
        (customer_id * 2048 + sim_day) * 2 + k as event_id,
        local_day + to_seconds((25200 + 46800 * uniform(62, customer_id, step))::bigint)
            - to_minutes(utc_offset_minutes) as event_ts,
        -- an area of the customer's own repertoire, the favourite ones more often
        1 + ((breadth * uniform(63, customer_id, step) * uniform(64, customer_id, step))::integer
            + (uniform(65, customer_id, 0) * 12)::integer) % 12 as area,
        1 + (uniform(66, customer_id, step) < 0.12)::integer - (uniform(66, customer_id, step) > 0.85)::integer as login_count,
        uniform(67, customer_id, step) as u_minutes,
        uniform(68, customer_id, step) as u_device,
        uniform(69, customer_id, step) as u_late
    from sessions
),
delivered as (
    select
        event_id,
        customer_id,
        'session' as event_type,
        event_ts,
        (['dashboards', 'reports', 'alerts', 'exports', 'api', 'integrations', 'automation', 'forecasts', 'sharing',
          'mobile', 'admin', 'audit_log'])[area] as area_name,
        null::integer as onboarding_step,
        login_count,
        -- sessions grow shorter after the new mobile app; one in eighty has lost its clock
        case when u_minutes < 0.9875
            then (240 + 4800 * u_minutes * u_minutes * {{ 0.82 if m >= 10 else 1.0 }})::integer end as duration_seconds,
        case when u_device < {{ 0.30 if m >= 10 else 0.18 }} then 'mobile' else 'web' end as device,
        u_device,
        -- eight in a hundred come from devices that were offline for up to twelve days
        event_ts + to_seconds((600 + 5400 * u_device
            + case when u_late < 0.08 then 1036800 * u_late * u_late / 0.0064 else 0 end)::bigint) as arrived_at,
        uniform(70, customer_id, (event_id % 4096)::bigint) as u_twice
    from timed
    where event_ts > signed_up_at and event_ts < lives_until
    union all
    select
        9000000000000 + o.customer_id * 8 + o.step,
        o.customer_id,
        'onboarding_step',
        o.done_at,
        null,
        o.step,
        0,
        null,
        'web',
        0,
        o.done_at + interval 20 minute,
        uniform(71, o.customer_id, o.step)
    from onboarding as o
    join lives as l on l.customer_id = o.customer_id
    join (select * from sim_months where m = {{ m }}) as n on o.done_at >= n.starts_at and o.done_at < n.ends_at
    where o.done_at < l.lives_until
),
copies as (
    select d.*, next_batch(d.arrived_at + to_days(copy::integer)) as loaded_at
    from delivered as d, range(0, 2) as r(copy)
    where copy = 0 or d.u_twice < 0.01
)
select
    event_id,
    -- one in five hundred sessions lost its customer on the way
    case when u_twice > 0.998 then null else customer_id end as customer_id,
    event_type,
    event_ts,
    -- two spellings of the same area, as clients of different age send them
    case when u_device > 0.97 then upper(area_name) else area_name end as feature,
    onboarding_step,
    login_count,
    duration_seconds,
    device,
    loaded_at
from copies
order by loaded_at, event_id;
{% endfor %}
