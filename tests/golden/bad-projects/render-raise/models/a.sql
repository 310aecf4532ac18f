{{ exceptions.warn('this model goes away in June') }}
select {{ grain('hour') }}
