select {{ 'a'.uper() }}
