-- prepare
if schema_id('main') is null exec('create schema [main]');
GO
if schema_id('raw') is null exec('create schema [raw]');
GO

-- seed words: load seed
drop table if exists [main].[words__churn_new];
create table [main].[words__churn_new] ([id] bigint null, [word] varchar(8000) null, [weight] float null);
GO
insert into [main].[words__churn_new] ([id], [word], [weight]) values
('1', 'it''s', '0.5'),
('2', 'back\slash', null),
('3', 'two
lines', '0.001');
GO

-- publish words
if object_id('[main].[words__churn_new]') is not null
begin
  begin transaction;
  drop table if exists [main].[words];
  exec sp_rename '[main].[words__churn_new]', 'words';
  commit transaction;
end;
GO
drop table if exists [main].[words__churn_new];
GO

-- test source_not_null_raw_items_id (must pass before commit)
select
  [counted].[failures],
  cast(case when [counted].[failures] <> 0 then 1 when not [counted].[failures] <> 0 then 0 end as bit) as [should_warn],
  cast(case when [counted].[failures] <> 0 then 1 when not [counted].[failures] <> 0 then 0 end as bit) as [should_error]
from
  (
    select coalesce(count_big(*), 0) as [failures]
    from
      (
        select
          [failing_rows].[id],
          [failing_rows].[day],
          [failing_rows].[amount],
          [failing_rows].[note]
        from
          (
            select
              [items].[id],
              [items].[day],
              [items].[amount],
              [items].[note]
            from [raw].[items]
            where [items].[id] is null
          ) as [failing_rows]
      ) as [limited]
  ) as [counted];
GO

-- model items_view: create view
create or alter view [main].[items_view] as
select
  cast([items].[id] as bigint) as [id],
  cast([items].[day] as date) as [day],
  cast([items].[amount] as decimal(10, 2)) as [amount],
  cast([items].[note] as varchar(8000)) as [note],
  cast(([items].[amount] * 2) as decimal(18, 2)) as [twice]
from [raw].[items];
GO

-- model appended: create incremental
drop table if exists [main].[appended__churn_new];
create table [main].[appended__churn_new] as
select
  cast([items_view].[id] as bigint) as [id],
  cast([items_view].[day] as date) as [day],
  cast([items_view].[amount] as decimal(10, 2)) as [amount]
from [main].[items_view];
GO

-- publish appended
if object_id('[main].[appended__churn_new]') is not null
begin
  begin transaction;
  drop table if exists [main].[appended];
  exec sp_rename '[main].[appended__churn_new]', 'appended';
  commit transaction;
end;
GO
drop table if exists [main].[appended__churn_new];
GO

-- model by_key: create incremental
drop table if exists [main].[by_key__churn_new];
create table [main].[by_key__churn_new] as
select
  cast([items_view].[id] as bigint) as [id],
  cast([items_view].[day] as date) as [day],
  cast([items_view].[amount] as decimal(10, 2)) as [amount],
  cast([items_view].[note] as varchar(8000)) as [note]
from [main].[items_view];
GO

-- test not_null_by_key_id (must pass before commit)
select
  [counted].[failures],
  cast(case when [counted].[failures] <> 0 then 1 when not [counted].[failures] <> 0 then 0 end as bit) as [should_warn],
  cast(case when [counted].[failures] <> 0 then 1 when not [counted].[failures] <> 0 then 0 end as bit) as [should_error]
from
  (
    select coalesce(count_big(*), 0) as [failures]
    from
      (
        select
          [failing_rows].[id],
          [failing_rows].[day],
          [failing_rows].[amount],
          [failing_rows].[note]
        from
          (
            select
              [by_key].[id],
              [by_key].[day],
              [by_key].[amount],
              [by_key].[note]
            from [main].[by_key__churn_new] as [by_key]
            where [by_key].[id] is null
          ) as [failing_rows]
      ) as [limited]
  ) as [counted];
GO

-- test unique_by_key_id (must pass before commit)
select
  [counted].[failures],
  cast(case when [counted].[failures] <> 0 then 1 when not [counted].[failures] <> 0 then 0 end as bit) as [should_warn],
  cast(case when [counted].[failures] <> 0 then 1 when not [counted].[failures] <> 0 then 0 end as bit) as [should_error]
from
  (
    select coalesce(count_big(*), 0) as [failures]
    from
      (
        select [failing_rows].[unique_field], [failing_rows].[n_records]
        from
          (
            select [by_key].[id] as [unique_field], count_big(*) as [n_records]
            from [main].[by_key__churn_new] as [by_key]
            where [by_key].[id] is not null
            group by [by_key].[id]
            having count_big(*) > 1
          ) as [failing_rows]
      ) as [limited]
  ) as [counted];
GO

-- publish by_key
if object_id('[main].[by_key__churn_new]') is not null
begin
  begin transaction;
  drop table if exists [main].[by_key];
  exec sp_rename '[main].[by_key__churn_new]', 'by_key';
  commit transaction;
end;
GO
drop table if exists [main].[by_key__churn_new];
GO

-- model replaced: create incremental
drop table if exists [main].[replaced__churn_new];
create table [main].[replaced__churn_new] as
select
  cast([items_view].[id] as bigint) as [id],
  cast([items_view].[day] as date) as [day],
  cast([items_view].[amount] as decimal(10, 2)) as [amount],
  cast([items_view].[note] as varchar(8000)) as [note]
from [main].[items_view];
GO

-- publish replaced
if object_id('[main].[replaced__churn_new]') is not null
begin
  begin transaction;
  drop table if exists [main].[replaced];
  exec sp_rename '[main].[replaced__churn_new]', 'replaced';
  commit transaction;
end;
GO
drop table if exists [main].[replaced__churn_new];
GO

-- snapshot history: create snapshot
drop table if exists [main].[history__churn_query];
create table [main].[history__churn_query] as
select
  [items_view].[id],
  [items_view].[amount],
  [items_view].[note]
from [main].[items_view];
GO
drop table if exists [main].[history__churn_new];
create table [main].[history__churn_new] as
select cast([query].[id] as bigint) as [id],
  cast([query].[amount] as decimal(10, 2)) as [amount],
  cast([query].[note] as varchar(8000)) as [note],
  lower(convert(varchar(32), hashbytes('MD5', concat(coalesce(cast([query].[id] as varchar(8000)), ''), '|', coalesce(convert(varchar(26), cast('2024-06-01 00:00:00.000' as datetime2(6)), 121), ''))), 2)) as [dbt_scd_id],
  cast('2024-06-01 00:00:00.000' as datetime2(6)) as [dbt_updated_at],
  cast('2024-06-01 00:00:00.000' as datetime2(6)) as [dbt_valid_from],
  cast(null as datetime2(6)) as [dbt_valid_to]
from [main].[history__churn_query] as [query];
GO
if exists (select 1 from [main].[history__churn_new] group by [id] having count_big(*) > 1)
begin
  throw 50727, 'the key is not unique', 1;
end;
GO

-- publish history
if object_id('[main].[history__churn_new]') is not null
begin
  begin transaction;
  drop table if exists [main].[history];
  exec sp_rename '[main].[history__churn_new]', 'history';
  commit transaction;
end;
GO
drop table if exists [main].[history__churn_new];
GO
drop table if exists [main].[history__churn_query];
GO

-- model contracted: create table
drop table if exists [main].[contracted__churn_query];
create table [main].[contracted__churn_query] as
select
  cast([replaced].[id] as bigint) as [id],
  cast([replaced].[amount] as decimal(10, 2)) as [amount]
from [main].[replaced];
GO
drop table if exists [main].[contracted__churn_new];
create table [main].[contracted__churn_new] ([id] bigint not null, [amount] decimal(10, 2) null);
GO
if not exists (select 1 from [main].[contracted__churn_new])
  insert into [main].[contracted__churn_new] ([id], [amount]) select [id], [amount] from [main].[contracted__churn_query];
GO

-- publish contracted
if object_id('[main].[contracted__churn_new]') is not null
begin
  begin transaction;
  drop table if exists [main].[contracted];
  exec sp_rename '[main].[contracted__churn_new]', 'contracted';
  commit transaction;
end;
GO
drop table if exists [main].[contracted__churn_new];
GO
drop table if exists [main].[contracted__churn_query];
GO

-- model totals: create table
drop table if exists [main].[totals__churn_new];
create table [main].[totals__churn_new] as
select
  cast([replaced].[day] as date) as [day],
  cast(cast(sum([replaced].[amount]) as float) as float) as [total],
  cast(count_big(*) as bigint) as [items],
  cast(avg(cast([replaced].[amount] as float)) as float) as [mean]
from [main].[replaced]
group by [replaced].[day];
GO

-- test accepted_range_totals_total (must pass before commit)
select
  [counted].[failures],
  cast(case when [counted].[failures] <> 0 then 1 when not [counted].[failures] <> 0 then 0 end as bit) as [should_warn],
  cast(case when [counted].[failures] <> 0 then 1 when not [counted].[failures] <> 0 then 0 end as bit) as [should_error]
from
  (
    select coalesce(count_big(*), 0) as [failures]
    from
      (
        select
          [failing_rows].[day],
          [failing_rows].[total],
          [failing_rows].[items],
          [failing_rows].[mean]
        from
          (
            select
              [totals].[day],
              [totals].[total],
              [totals].[items],
              [totals].[mean]
            from [main].[totals__churn_new] as [totals]
            where [totals].[total] < 0
          ) as [failing_rows]
      ) as [limited]
  ) as [counted];
GO

-- publish totals
if object_id('[main].[totals__churn_new]') is not null
begin
  begin transaction;
  drop table if exists [main].[totals];
  exec sp_rename '[main].[totals__churn_new]', 'totals';
  commit transaction;
end;
GO
drop table if exists [main].[totals__churn_new];
GO

-- model versions: create table
drop table if exists [main].[versions__churn_new];
create table [main].[versions__churn_new] as
select
  cast([history].[id] as bigint) as [id],
  cast([history].[amount] as decimal(10, 2)) as [amount],
  cast([history].[note] as varchar(8000)) as [note],
  cast(cast(case when [history].[dbt_valid_to] is null then 1 else 0 end as bit) as bit) as [open],
  cast(cast(case
    when [history].[dbt_valid_from] <= coalesce([history].[dbt_valid_to], [history].[dbt_valid_from]) then 1
    when not [history].[dbt_valid_from] <= coalesce([history].[dbt_valid_to], [history].[dbt_valid_from]) then 0
  end as bit) as bit) as [ordered]
from [main].[history];
GO

-- publish versions
if object_id('[main].[versions__churn_new]') is not null
begin
  begin transaction;
  drop table if exists [main].[versions];
  exec sp_rename '[main].[versions__churn_new]', 'versions';
  commit transaction;
end;
GO
drop table if exists [main].[versions__churn_new];
GO
