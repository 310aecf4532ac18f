{% materialization my_table, default %}{% endmaterialization %}
