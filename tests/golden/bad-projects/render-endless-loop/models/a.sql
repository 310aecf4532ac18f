select
{% for a in range(5000) %}{% for b in range(5000) %}{% set c = a * b %}{% endfor %}{% endfor %}
1
