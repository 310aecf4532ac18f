select {{ even(10) }}
