{# The cohort of a customer at an instant, by its tenure then. Bounds: `cohorts` in churn_project.yml. #}
{% macro cohort_at(signed_up_at, instant) -%}
    case
        when {{ instant }} < {{ signed_up_at }} + interval {{ var('cohorts').new_user.until_day }} day then 'new_user'
        when {{ instant }} < {{ signed_up_at }} + interval {{ var('cohorts').established.until_day }} day then 'established'
        else 'mature'
    end
{%- endmacro %}

{# Days of future that a cohort's label looks at. #}
{% macro horizon_days(cohort) -%}
    case {{ cohort }}
        when 'new_user' then {{ var('cohorts').new_user.horizon_days }}
        when 'established' then {{ var('cohorts').established.horizon_days }}
        else {{ var('cohorts').mature.horizon_days }}
    end
{%- endmacro %}

{#
  The label: did the customer cancel within its cohort's horizon? NULL where the data end before the horizon does.
  One branch per cohort, so that every bound is a constant number of days.
#}
{% macro churned_within(cohort, prediction_time, cancelled_at) -%}
    case
        {%- for name in ['new_user', 'established', 'mature'] %}
        {%- set days = var('cohorts')[name].horizon_days %}
        when {{ cohort }} = '{{ name }}' and {{ prediction_time }} + interval {{ days }} day <= timestamp '{{ var("labels_until") }}'
            then {{ cancelled_at }} is not null
                and {{ cancelled_at }} > {{ prediction_time }}
                and {{ cancelled_at }} <= {{ prediction_time }} + interval {{ days }} day
        {%- endfor %}
    end
{%- endmacro %}
