-- Rows returned are failures: no customer may have a negative amount.
select * from {{ ref('customer_features') }} where amount_30d < 0
