{% include 'header.sql' %}
select 1 as id
