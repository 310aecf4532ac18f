{% set x = 1 %}{% set x.y = 2 %}{% set none = 3 %}
select 1
