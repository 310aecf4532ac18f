{{ config(alias='orders_v1', schema='elsewhere') }}
select 3 as id
