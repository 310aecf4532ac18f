---- 000_schemas.sql
if schema_id('main') is null exec('create schema [main]');
GO
if schema_id('raw') is null exec('create schema [raw]');
GO

---- 001_main.words.sql
-- words, from seeds/words.csv
drop table if exists [main].[words__churn_new];
create table [main].[words__churn_new] ([id] bigint null, [word] varchar(8000) null, [weight] float null);
GO
insert into [main].[words__churn_new] ([id], [word], [weight]) values
('1', 'it''s', '0.5'),
('2', 'back\slash', null),
('3', 'two
lines', '0.001');
GO
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

---- 002_main.items_view.sql
-- items_view, from models/items_view.sql
create or alter view [main].[items_view] as
select
  cast([items].[id] as bigint) as [id],
  cast([items].[day] as date) as [day],
  cast([items].[amount] as decimal(10, 2)) as [amount],
  cast([items].[note] as varchar(8000)) as [note],
  cast(([items].[amount] * 2) as decimal(18, 2)) as [twice]
from [raw].[items];
GO

---- 003_main.appended.sql
-- appended, from models/appended.sql
drop table if exists [main].[appended__churn_new];
create table [main].[appended__churn_new] as
select
  cast([items_view].[id] as bigint) as [id],
  cast([items_view].[day] as date) as [day],
  cast([items_view].[amount] as decimal(10, 2)) as [amount]
from [main].[items_view];
GO
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

---- later/003_main.appended.sql
-- appended, from models/appended.sql
drop table if exists [main].[appended__churn_delta];
create table [main].[appended__churn_delta] as
select
  cast([items_view].[id] as bigint) as [id],
  cast([items_view].[day] as date) as [day],
  cast([items_view].[amount] as decimal(10, 2)) as [amount]
from [main].[items_view]
where
  [items_view].[id] > (
    select max([appended].[id]) as [max]
    from [main].[appended]
  );
GO
if object_id('[main].[appended__churn_delta]') is not null
begin
  begin transaction;
  insert into [main].[appended] ([id], [day], [amount]) select [id], [day], [amount] from [main].[appended__churn_delta];
  drop table [main].[appended__churn_delta];
  commit transaction;
end;
GO
drop table if exists [main].[appended__churn_delta];
GO

---- 004_main.by_key.sql
-- by_key, from models/by_key.sql
drop table if exists [main].[by_key__churn_new];
create table [main].[by_key__churn_new] as
select
  cast([items_view].[id] as bigint) as [id],
  cast([items_view].[day] as date) as [day],
  cast([items_view].[amount] as decimal(10, 2)) as [amount],
  cast([items_view].[note] as varchar(8000)) as [note]
from [main].[items_view];
GO
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

---- later/004_main.by_key.sql
-- by_key, from models/by_key.sql
drop table if exists [main].[by_key__churn_delta];
create table [main].[by_key__churn_delta] as
select
  cast([items_view].[id] as bigint) as [id],
  cast([items_view].[day] as date) as [day],
  cast([items_view].[amount] as decimal(10, 2)) as [amount],
  cast([items_view].[note] as varchar(8000)) as [note]
from [main].[items_view]
where
  [items_view].[day] >= (
    select max([by_key].[day]) as [max]
    from [main].[by_key]
  );
GO
if object_id('[main].[by_key__churn_delta]') is not null
begin
  begin transaction;
  merge into [main].[by_key] as [t] using [main].[by_key__churn_delta] as [s] on [t].[id] = [s].[id]
  when matched then update set [id] = [s].[id], [day] = [s].[day], [amount] = [s].[amount], [note] = [s].[note]
  when not matched then insert ([id], [day], [amount], [note]) values ([s].[id], [s].[day], [s].[amount], [s].[note]);
  drop table [main].[by_key__churn_delta];
  commit transaction;
end;
GO
drop table if exists [main].[by_key__churn_delta];
GO

---- 005_main.replaced.sql
-- replaced, from models/replaced.sql
drop table if exists [main].[replaced__churn_new];
create table [main].[replaced__churn_new] as
select
  cast([items_view].[id] as bigint) as [id],
  cast([items_view].[day] as date) as [day],
  cast([items_view].[amount] as decimal(10, 2)) as [amount],
  cast([items_view].[note] as varchar(8000)) as [note]
from [main].[items_view];
GO
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

---- later/005_main.replaced.sql
-- replaced, from models/replaced.sql
drop table if exists [main].[replaced__churn_delta];
create table [main].[replaced__churn_delta] as
select
  cast([items_view].[id] as bigint) as [id],
  cast([items_view].[day] as date) as [day],
  cast([items_view].[amount] as decimal(10, 2)) as [amount],
  cast([items_view].[note] as varchar(8000)) as [note]
from [main].[items_view]
where
  [items_view].[day] >= (
    select max([replaced].[day]) as [max]
    from [main].[replaced]
  );
GO
if object_id('[main].[replaced__churn_delta]') is not null
begin
  begin transaction;
  delete from [main].[replaced] where exists (select 1 from [main].[replaced__churn_delta] as [s] where [main].[replaced].[day] = [s].[day]);
  insert into [main].[replaced] ([id], [day], [amount], [note]) select [id], [day], [amount], [note] from [main].[replaced__churn_delta];
  drop table [main].[replaced__churn_delta];
  commit transaction;
end;
GO
drop table if exists [main].[replaced__churn_delta];
GO

---- 006_main.history.sql
-- history, from snapshots/history.sql
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
  lower(convert(varchar(32), hashbytes('MD5', concat(coalesce(cast([query].[id] as varchar(8000)), ''), '|', coalesce(convert(varchar(26), cast(sysutcdatetime() as datetime2(6)), 121), ''))), 2)) as [dbt_scd_id],
  cast(sysutcdatetime() as datetime2(6)) as [dbt_updated_at],
  cast(sysutcdatetime() as datetime2(6)) as [dbt_valid_from],
  cast(null as datetime2(6)) as [dbt_valid_to]
from [main].[history__churn_query] as [query];
GO
if exists (select 1 from [main].[history__churn_new] group by [id] having count_big(*) > 1)
begin
  throw 50727, 'the key is not unique', 1;
end;
GO
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

---- later/006_main.history.sql
-- history, from snapshots/history.sql
drop table if exists [main].[history__churn_query];
create table [main].[history__churn_query] as
select
  [items_view].[id],
  [items_view].[amount],
  [items_view].[note]
from [main].[items_view];
GO
drop table if exists [main].[history__churn_stage];
create table [main].[history__churn_stage] as
select cast([query].[id] as bigint) as [id],
  cast([query].[amount] as decimal(10, 2)) as [amount],
  cast([query].[note] as varchar(8000)) as [note],
  lower(convert(varchar(32), hashbytes('MD5', concat(coalesce(cast([query].[id] as varchar(8000)), ''), '|', coalesce(convert(varchar(26), cast(sysutcdatetime() as datetime2(6)), 121), ''))), 2)) as [dbt_scd_id],
  cast(sysutcdatetime() as datetime2(6)) as [dbt_updated_at],
  cast(sysutcdatetime() as datetime2(6)) as [dbt_valid_from],
  cast(null as datetime2(6)) as [dbt_valid_to]
from [main].[history__churn_query] as [query];
GO
if exists (select 1 from [main].[history__churn_stage] group by [id] having count_big(*) > 1)
begin
  throw 50727, 'the key is not unique', 1;
end;
GO
drop table if exists [main].[history__churn_changes];
create table [main].[history__churn_changes] as
select [new].[id], [new].[amount], [new].[note], [new].[dbt_scd_id], [new].[dbt_updated_at], [new].[dbt_valid_from], [new].[dbt_valid_to], cast(null as varchar(32)) as [churn_closes], cast(1 as bit) as [churn_adds] from [main].[history__churn_stage] as [new] left join (select * from [main].[history] where [dbt_valid_to] is null) as [old] on [old].[id] = [new].[id] where [old].[id] is null or (not exists (select [old].[amount] intersect select [new].[amount]) or not exists (select [old].[note] intersect select [new].[note]))
union all select [new].[id], [new].[amount], [new].[note], [new].[dbt_scd_id], [new].[dbt_updated_at], [new].[dbt_valid_from], [new].[dbt_valid_to], [old].[dbt_scd_id], cast(0 as bit) from [main].[history__churn_stage] as [new] left join (select * from [main].[history] where [dbt_valid_to] is null) as [old] on [old].[id] = [new].[id] where [old].[id] is not null and (not exists (select [old].[amount] intersect select [new].[amount]) or not exists (select [old].[note] intersect select [new].[note]));
GO
if object_id('[main].[history__churn_changes]') is not null
begin
  begin transaction;
  update [main].[history] set [dbt_valid_to] = [c].[dbt_updated_at] from [main].[history__churn_changes] as [c] where [main].[history].[dbt_scd_id] = [c].[churn_closes] and [main].[history].[dbt_valid_to] is null;
  insert into [main].[history] ([id], [amount], [note], [dbt_scd_id], [dbt_updated_at], [dbt_valid_from], [dbt_valid_to]) select [id], [amount], [note], [dbt_scd_id], [dbt_updated_at], [dbt_valid_from], [dbt_valid_to] from [main].[history__churn_changes] where [churn_adds] = cast(1 as bit);
  drop table [main].[history__churn_changes];
  commit transaction;
end;
GO
drop table if exists [main].[history__churn_changes];
GO
drop table if exists [main].[history__churn_stage];
GO
drop table if exists [main].[history__churn_query];
GO

---- 007_main.contracted.sql
-- contracted, from models/contracted.sql
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

---- 008_main.totals.sql
-- totals, from models/totals.sql
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

---- 009_main.versions.sql
-- versions, from models/versions.sql
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
