{% macro from_b() %}{{ ref('b') }}{% endmacro %}
