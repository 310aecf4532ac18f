{% macro cents(column) %}
  round({{ column }} / 100.0,, 2)
{% endmacro %}

{% macro total(column) %}
  sum({{ cents(column) }})
{% endmacro %}
