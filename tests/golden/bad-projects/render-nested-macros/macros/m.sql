{% macro inner(n) %}{{ n.missing.deeper }}{% endmacro %}
{% macro middle(n) %}
  {{ inner(n) }}
{% endmacro %}
{% macro outer(rows) %}
  {% for row in rows %}
    {{ middle(row) }}
  {% endfor %}
{% endmacro %}
