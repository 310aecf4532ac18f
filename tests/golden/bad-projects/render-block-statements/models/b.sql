{% sett x = 1 %}
select {{ x }}
