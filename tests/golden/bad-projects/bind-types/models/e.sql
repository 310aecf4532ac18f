select date_trnc('month', ordered_at) as m from {{ source('raw', 'orders') }}
