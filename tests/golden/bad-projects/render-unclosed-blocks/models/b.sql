select 1 {% endfor %}
