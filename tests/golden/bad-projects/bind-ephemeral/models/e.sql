{{ config(materialized='ephemeral') }}
select id, amuont from {{ source('raw', 'orders') }}
