select {{ 'days: ' + 7 }}
