{% set columns = ['id', 'amount'] %}
select {{ colums | join(', ') }} from t
