{{ config(materialised='table') }}
select * from {{ ref('b') }}
