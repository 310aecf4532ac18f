{{ config(alias='prediction_times') }}

-- The last day of each month.
select timestamp '{{ var("first_month") }}' + to_months(n::integer) - interval 1 day as prediction_time
from range(0, {{ var('prediction_months') }}) as months(n)
