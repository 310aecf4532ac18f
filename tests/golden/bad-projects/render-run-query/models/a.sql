{% set statuses = run_query('select distinct status from orders').columns[0].values() %}
select {{ statuses | join(', ') }}
