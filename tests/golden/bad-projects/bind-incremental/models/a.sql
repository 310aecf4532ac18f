{{ config(materialized='incremental', unique_key='idd') }}
select id, amount{% if not is_incremental() %}, status{% endif %}
from {{ source('raw', 'orders') }}
{% if is_incremental() %}
where ordered_at > (select max(ordered_at) from {{ this }})
{% endif %}
