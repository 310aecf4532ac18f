-- The raw files, as the warehouse's landing zone holds them on the last day. Columns that the CRM and the help
-- desk overwrite in place hold their last value: their past is gone, which is what the sources declare.
{% set output = var('output', 'data') -%}

copy (
    with delivered as (
        select
            c.customer_id,
            'Customer ' || c.customer_id as company_name,
            c.country,
            c.utc_offset_minutes,
            c.industry,
            c.segment,
            -- the CRM writes local wall-clock time
            c.signed_up_at + to_minutes(c.utc_offset_minutes) as signed_up_local,
            x.cancelled_at,
            case
                when x.cancelled_at is null then null
                when x.u_reason < 0.4 then 'price'
                when x.u_reason < 0.7 then 'missing_feature'
                when x.u_reason < 0.85 then 'support'
                else 'closed_business'
            end as cancel_reason,
            case when x.cancelled_at is not null then 'cancelled' else 'active' end as account_status,
            'csm_' || lpad((bits(90, c.customer_id, 0) % 40)::varchar, 2, '0') as account_owner,
            case when x.cancelled_at is null then round(40 + 20 * c.quality, 0) else 5 end as health_score,
            coalesce(x.cancelled_at, s.ends_at - to_days((bits(91, c.customer_id, 0) % 60)::integer)) as updated_at,
            next_batch(greatest(c.signed_up_at + interval 10 minute, s.tracking_start)) as loaded_at,
            copy
        from customers as c
        cross join settings as s
        left join churned as x on x.customer_id = c.customer_id
        cross join range(0, 2) as r(copy)
        where copy = 0 or uniform(92, c.customer_id, 0) < 0.005
    )
    select
        customer_id, company_name,
        case when copy = 1 then lower(country) else country end as country,
        utc_offset_minutes, industry, segment, signed_up_local, cancelled_at, cancel_reason, account_status,
        account_owner, health_score, updated_at, loaded_at + to_days((5 * copy)::integer) as loaded_at
    from delivered
    order by customer_id, loaded_at, copy
) to '{{ output }}/customers.parquet' (format parquet, compression zstd);

copy (
    select * from contracts order by contract_id
) to '{{ output }}/contracts.parquet' (format parquet, compression zstd);

copy (
    with opened as (
        select
            t.customer_id * 1024 + t.m * 8 + t.k as ticket_id,
            t.customer_id,
            t.opened_at,
            t.closed_at,
            t.escalated_at,
            case when t.closed_at is not null and uniform(95, t.customer_id, t.m * 8 + t.k) < 0.8 then t.sentiment end as sentiment,
            (['question', 'bug', 'billing', 'access'])[1 + (bits(96, t.customer_id, t.m * 8 + t.k) % 4)::integer] as category,
            case when t.escalated_at is not null then 'urgent' else 'normal' end as priority,
            uniform(97, t.customer_id, t.m * 8 + t.k) as u_late,
            uniform(98, t.customer_id, t.m * 8 + t.k) as u_twice
        from possible_tickets as t
        join lives as l on l.customer_id = t.customer_id
        where t.opened_at < l.lives_until
    ),
    copies as (
        select
            o.*,
            copy,
            next_batch(o.opened_at + interval 15 minute + to_days((5 * copy)::integer)
                + case when o.u_late < 0.03 then to_seconds((12000000 * o.u_late)::bigint) else to_seconds(0) end) as loaded_at
        from opened as o, range(0, 2) as r(copy)
        where copy = 0 or o.u_twice < 0.015
    )
    select c.ticket_id, c.customer_id, c.opened_at,
        -- what had not happened when the files were written is not in them
        case when c.closed_at < s.ends_at then c.closed_at end as closed_at,
        case when c.closed_at < s.ends_at then c.sentiment end as sentiment,
        case when c.escalated_at < s.ends_at then c.escalated_at end as escalated_at,
        c.category, c.priority, c.loaded_at
    from copies as c cross join settings as s
    where c.loaded_at <= s.ends_at
    order by c.loaded_at, c.ticket_id, c.copy
) to '{{ output }}/support_tickets.parquet' (format parquet, compression zstd);

copy (
    select * from events where loaded_at <= getvariable('ends_at')
) to '{{ output }}/events.parquet' (format parquet, compression zstd, row_group_size 122880);
