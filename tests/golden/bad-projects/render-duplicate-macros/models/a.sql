select {{ cents(5) }} as x
