select id, dbt_valid_from, dbt_valid_too from {{ ref('orders_history') }}
