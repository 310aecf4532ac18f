-- Activation features belong to new users, renewal features to mature customers.
select customer_id, prediction_time, cohort
from {{ ref('customer_360') }}
where (cohort <> 'new_user' and first_week_logins is not null)
   or (cohort = 'new_user' and first_week_logins is null)
   or (cohort <> 'mature' and days_to_renewal is not null)
   or (cohort = 'mature' and days_to_renewal is null)
