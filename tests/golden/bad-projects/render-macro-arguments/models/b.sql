select {{ cents('a', digit=2) }}
