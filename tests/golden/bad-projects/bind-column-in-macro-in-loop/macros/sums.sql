{% macro sums(columns) -%}
  {%- for column in columns %}
  sum({{ column }}) as total_{{ column }}{{ ',' if not loop.last }}
  {%- endfor %}
{%- endmacro %}
