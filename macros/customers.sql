{# Lifetime-value tier of a yearly contract value. Bounds: `tiers` in churn_project.yml. #}
{% macro ltv_tier(annual_value) -%}
    case
        when {{ annual_value }} >= {{ var('tiers').enterprise }} then 'enterprise'
        when {{ annual_value }} >= {{ var('tiers').mid_market }} then 'mid_market'
        else 'other'
    end
{%- endmacro %}

{# A local wall-clock time and its offset from UTC in minutes, as UTC. #}
{% macro local_to_utc(local_time, offset_minutes) -%}
    {{ local_time }} - to_minutes({{ offset_minutes }})
{%- endmacro %}
