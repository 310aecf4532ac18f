{{ config(alias='ORDERS_v1') }}
select 2 as id
