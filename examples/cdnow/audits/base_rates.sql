-- What is known about this file from outside: among customers active in the 180 days before, 61.1, 59.6 and 61.5 %
-- buy nothing in the 90 days after these three days.
with expected as (
    select * from (values
        (timestamp '1997-09-30', 0.611),
        (timestamp '1997-12-31', 0.596),
        (timestamp '1998-03-31', 0.615)
    ) as t(prediction_time, rate)
)

select e.prediction_time, e.rate as expected, avg(g.churned::integer) as found
from expected as e
left join {{ ref('customer_360') }} as g
    on g.prediction_time = e.prediction_time
group by e.prediction_time, e.rate
having abs(coalesce(avg(g.churned::integer), 0) - e.rate) > 0.0006
