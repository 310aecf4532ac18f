{{ config(alias='orders_v1') }}
select 1 as id
