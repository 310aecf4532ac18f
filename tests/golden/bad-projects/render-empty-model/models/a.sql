-- only on production
{% if target.name == 'prod' %}
select 1 as id
{% endif %}
/* nothing else */
