{% snapshot account_history %}

{{ config(
    unique_key='customer_id',
    strategy='check',
    check_cols=['account_status', 'account_owner', 'health_score']
) }}

-- The CRM overwrites these attributes in place, so their past is unknown and no feature may use them. From the first
-- snapshot on it is known: a feature may read a row from its dbt_valid_from.
select
    customer_id,
    account_status,
    account_owner,
    health_score,
    updated_at
from {{ ref('bronze_customers') }}
qualify row_number() over (partition by customer_id order by loaded_at desc) = 1

{% endsnapshot %}
