{% for column in adapter.get_columns_in_relation(this) %}{{ column.name }}{% endfor %}
