{% macro other() %}1{% endmacro %}
{% macro cents(c) %}{{ c }} / 100{% endmacro %}
