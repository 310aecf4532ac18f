select 1
{% if target.name == 'dev' %}
where false
