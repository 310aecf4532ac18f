select 1 {% if is_incremantal() %} where true {% endif %}
