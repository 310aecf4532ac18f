{{ config(materialized='incremental') }}
select id{% if not is_incremental() %}, status{% endif %} from {{ source('raw', 'orders') }}
