{# An aggregate over the days [prediction time - days, prediction time), inside a join that has the upper bound. #}
{% macro in_window(aggregate, days) -%}
    {{ aggregate }} filter (where d.activity_date >= s.prediction_time - interval {{ days }} day)
{%- endmacro %}
