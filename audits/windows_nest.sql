-- A longer window never holds less than a shorter one.
select customer_id, prediction_time, logins_7d, logins_14d, logins_30d
from {{ ref('customer_360') }}
where logins_7d > logins_14d
   or logins_14d > logins_30d
   or logins_30d < 0
