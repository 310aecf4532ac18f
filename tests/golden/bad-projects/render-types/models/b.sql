{% for day in 7 %}select {{ day }}{% endfor %}
