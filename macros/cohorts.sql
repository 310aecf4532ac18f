{# The cohort of a customer at an instant, by its tenure then. Bounds: `cohorts` in churn_project.yml. #}
{% macro cohort_at(signed_up_at, instant) -%}
    case
        when {{ instant }} < {{ signed_up_at }} + interval {{ var('cohorts').new_user.until_day }} day then 'new_user'
        when {{ instant }} < {{ signed_up_at }} + interval {{ var('cohorts').established.until_day }} day then 'established'
        else 'mature'
    end
{%- endmacro %}
