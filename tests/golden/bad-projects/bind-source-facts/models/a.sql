select ticket_id from {{ source('raw', 'tickets') }}
