{% macro even(n) %}{{ odd(n - 1) }}{% endmacro %}
{% macro odd(n) %}{{ even(n - 1) }}{% endmacro %}
