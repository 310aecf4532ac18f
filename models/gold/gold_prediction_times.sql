{{ config(alias='prediction_times') }}

-- The calendar: the first instant of each month. It knows no data.
select timestamp '{{ var("first_prediction") }}' + to_months(n::integer) as prediction_time
from range(0, {{ var('prediction_months') }}) as months(n)
