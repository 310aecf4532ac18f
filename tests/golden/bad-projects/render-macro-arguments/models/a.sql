select {{ cents('a', 2, 3) }}
