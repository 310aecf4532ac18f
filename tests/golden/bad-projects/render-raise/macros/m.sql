{% macro grain(name) %}
  {% if name not in ['day', 'week'] %}
    {{ exceptions.raise_compiler_error("grain must be day or week, not " ~ name) }}
  {% endif %}
  date_trunc('{{ name }}', d)
{% endmacro %}
