{% if target.name %}
  {{ config(tag='x') }}
{% endif %}
select 1 as id
