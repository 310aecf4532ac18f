{% for c in ['a'] %}
select '{{ c }}'
{% endif %}
