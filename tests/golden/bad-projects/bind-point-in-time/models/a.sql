select customer_id, status as prediction_time, amount as churned from {{ source('raw', 'orders') }}
