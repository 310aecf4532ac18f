---- 000_schemas.sql
create schema if not exists `main`;
create schema if not exists `raw`;

---- 001_main.words.sql
-- words, from seeds/words.csv
create or replace table `main`.`words__churn_new` using delta as
select cast(c0 as bigint) as `id`, cast(c1 as string) as `word`, cast(c2 as double) as `weight`
from values ('1', 'it\'s', '0.5'),
('2', 'back\\slash', null),
('3', 'two
lines', '0.001') as t(c0, c1, c2);
create or replace table `main`.`words` using delta as
select * from `main`.`words__churn_new`;
drop table if exists `main`.`words__churn_new`;

---- 002_main.items_view.sql
-- items_view, from models/items_view.sql
create or replace view `main`.`items_view` as
select
  cast(`items`.`id` as bigint) as `id`,
  cast(`items`.`day` as date) as `day`,
  cast(`items`.`amount` as decimal(10, 2)) as `amount`,
  cast(`items`.`note` as string) as `note`,
  cast((`items`.`amount` * 2) as decimal(18, 2)) as `twice`
from `raw`.`items`;

---- 003_main.appended.sql
-- appended, from models/appended.sql
create or replace table `main`.`appended` using delta as
select
  cast(`items_view`.`id` as bigint) as `id`,
  cast(`items_view`.`day` as date) as `day`,
  cast(`items_view`.`amount` as decimal(10, 2)) as `amount`
from `main`.`items_view`;

---- later/003_main.appended.sql
-- appended, from models/appended.sql
create or replace table `main`.`appended__churn_delta` using delta as
select
  cast(`items_view`.`id` as bigint) as `id`,
  cast(`items_view`.`day` as date) as `day`,
  cast(`items_view`.`amount` as decimal(10, 2)) as `amount`
from `main`.`items_view`
where
  `items_view`.`id` > (
    select max(`appended`.`id`) as `max`
    from `main`.`appended`
  );
insert into `main`.`appended` (`id`, `day`, `amount`) select `id`, `day`, `amount` from `main`.`appended__churn_delta`;
drop table if exists `main`.`appended__churn_delta`;

---- 004_main.by_key.sql
-- by_key, from models/by_key.sql
create or replace table `main`.`by_key` using delta as
select
  cast(`items_view`.`id` as bigint) as `id`,
  cast(`items_view`.`day` as date) as `day`,
  cast(`items_view`.`amount` as decimal(10, 2)) as `amount`,
  cast(`items_view`.`note` as string) as `note`
from `main`.`items_view`;

---- later/004_main.by_key.sql
-- by_key, from models/by_key.sql
create or replace table `main`.`by_key__churn_delta` using delta as
select
  cast(`items_view`.`id` as bigint) as `id`,
  cast(`items_view`.`day` as date) as `day`,
  cast(`items_view`.`amount` as decimal(10, 2)) as `amount`,
  cast(`items_view`.`note` as string) as `note`
from `main`.`items_view`
where
  `items_view`.`day` >= (
    select max(`by_key`.`day`) as `max`
    from `main`.`by_key`
  );
merge into `main`.`by_key` as t using `main`.`by_key__churn_delta` as s on t.`id` = s.`id`
when matched then update set `id` = s.`id`, `day` = s.`day`, `amount` = s.`amount`, `note` = s.`note`
when not matched then insert (`id`, `day`, `amount`, `note`) values (s.`id`, s.`day`, s.`amount`, s.`note`);
drop table if exists `main`.`by_key__churn_delta`;

---- 005_main.replaced.sql
-- replaced, from models/replaced.sql
create or replace table `main`.`replaced` using delta as
select
  cast(`items_view`.`id` as bigint) as `id`,
  cast(`items_view`.`day` as date) as `day`,
  cast(`items_view`.`amount` as decimal(10, 2)) as `amount`,
  cast(`items_view`.`note` as string) as `note`
from `main`.`items_view`;

---- later/005_main.replaced.sql
-- replaced, from models/replaced.sql
create or replace table `main`.`replaced__churn_delta` using delta as
select
  cast(`items_view`.`id` as bigint) as `id`,
  cast(`items_view`.`day` as date) as `day`,
  cast(`items_view`.`amount` as decimal(10, 2)) as `amount`,
  cast(`items_view`.`note` as string) as `note`
from `main`.`items_view`
where
  `items_view`.`day` >= (
    select max(`replaced`.`day`) as `max`
    from `main`.`replaced`
  );
merge into `main`.`replaced` as t using (
  select `id`, `day`, `amount`, `note`, true as churn_insert from `main`.`replaced__churn_delta`
  union all select distinct null as `id`, `day`, null as `amount`, null as `note`, false as churn_insert from `main`.`replaced__churn_delta`
) as s on not s.churn_insert and t.`day` = s.`day`
when matched then delete
when not matched and s.churn_insert then insert (`id`, `day`, `amount`, `note`) values (s.`id`, s.`day`, s.`amount`, s.`note`);
drop table if exists `main`.`replaced__churn_delta`;

---- 006_main.history.sql
-- history, from snapshots/history.sql
create or replace table `main`.`history__churn_stage` using delta as select cast(`id` as bigint) as `id`, cast(`amount` as decimal(10, 2)) as `amount`, cast(`note` as string) as `note`, md5(concat_ws('|', coalesce(cast(`id` as string), ''), coalesce(cast(current_timestamp() as string), ''))) as `dbt_scd_id`, current_timestamp() as `dbt_updated_at`, current_timestamp() as `dbt_valid_from`, nullif(current_timestamp(), current_timestamp()) as `dbt_valid_to` from (
select
  `items_view`.`id`,
  `items_view`.`amount`,
  `items_view`.`note`
from `main`.`items_view`
) as query;
select assert_true(count(*) = 0, 'the key is not unique') from (select 1 from `main`.`history__churn_stage` group by `id` having count(*) > 1) as repeated;
create or replace table `main`.`history` using delta as select * from `main`.`history__churn_stage`;
drop table if exists `main`.`history__churn_stage`;

---- later/006_main.history.sql
-- history, from snapshots/history.sql
create or replace table `main`.`history__churn_stage` using delta as select cast(`id` as bigint) as `id`, cast(`amount` as decimal(10, 2)) as `amount`, cast(`note` as string) as `note`, md5(concat_ws('|', coalesce(cast(`id` as string), ''), coalesce(cast(current_timestamp() as string), ''))) as `dbt_scd_id`, current_timestamp() as `dbt_updated_at`, current_timestamp() as `dbt_valid_from`, nullif(current_timestamp(), current_timestamp()) as `dbt_valid_to` from (
select
  `items_view`.`id`,
  `items_view`.`amount`,
  `items_view`.`note`
from `main`.`items_view`
) as query;
select assert_true(count(*) = 0, 'the key is not unique') from (select 1 from `main`.`history__churn_stage` group by `id` having count(*) > 1) as repeated;
create or replace table `main`.`history__churn_changes` using delta as
select new.`id`, new.`amount`, new.`note`, new.`dbt_scd_id`, new.`dbt_updated_at`, new.`dbt_valid_from`, new.`dbt_valid_to`, cast(null as string) as churn_closes, true as churn_adds from `main`.`history__churn_stage` as new left join (select * from `main`.`history` where `dbt_valid_to` is null) as old on old.`id` = new.`id` where old.`id` is null or (not (old.`amount` <=> new.`amount`) or not (old.`note` <=> new.`note`))
union all select new.`id`, new.`amount`, new.`note`, new.`dbt_scd_id`, new.`dbt_updated_at`, new.`dbt_valid_from`, new.`dbt_valid_to`, old.`dbt_scd_id`, false from `main`.`history__churn_stage` as new left join (select * from `main`.`history` where `dbt_valid_to` is null) as old on old.`id` = new.`id` where old.`id` is null or (not (old.`amount` <=> new.`amount`) or not (old.`note` <=> new.`note`)) and old.`id` is not null;
merge into `main`.`history` as old using `main`.`history__churn_changes` as s
on old.`dbt_scd_id` = s.churn_closes and old.`dbt_valid_to` is null
when matched then update set `dbt_valid_to` = s.`dbt_updated_at`
when not matched and s.churn_adds then insert (`id`, `amount`, `note`, `dbt_scd_id`, `dbt_updated_at`, `dbt_valid_from`, `dbt_valid_to`) values (s.`id`, s.`amount`, s.`note`, s.`dbt_scd_id`, s.`dbt_updated_at`, s.`dbt_valid_from`, s.`dbt_valid_to`);
drop table if exists `main`.`history__churn_changes`;
drop table if exists `main`.`history__churn_stage`;

---- 007_main.contracted.sql
-- contracted, from models/contracted.sql
create or replace table `main`.`contracted` using delta as
select
  cast(`replaced`.`id` as bigint) as `id`,
  cast(`replaced`.`amount` as decimal(10, 2)) as `amount`
from `main`.`replaced`;

---- 008_main.totals.sql
-- totals, from models/totals.sql
create or replace table `main`.`totals` using delta as
select
  cast(`replaced`.`day` as date) as `day`,
  cast(cast(sum(`replaced`.`amount`) as double) as double) as `total`,
  cast(count(*) as bigint) as `items`,
  cast(avg(cast(`replaced`.`amount` as double)) as double) as `mean`
from `main`.`replaced`
group by `replaced`.`day`;

---- 009_main.versions.sql
-- versions, from models/versions.sql
create or replace table `main`.`versions` using delta as
select
  cast(`history`.`id` as bigint) as `id`,
  cast(`history`.`amount` as decimal(10, 2)) as `amount`,
  cast(`history`.`note` as string) as `note`,
  cast(`history`.`dbt_valid_to` is null as boolean) as `open`,
  cast(`history`.`dbt_valid_from` <= coalesce(`history`.`dbt_valid_to`, `history`.`dbt_valid_from`) as boolean) as `ordered`
from `main`.`history`;
