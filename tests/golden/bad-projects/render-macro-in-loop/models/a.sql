select
{% for column in ['amount', 'tax'] %}
  {{ cents(column) }} as {{ column }}{{ ',' if not loop.last }}
{% endfor %}
from t
