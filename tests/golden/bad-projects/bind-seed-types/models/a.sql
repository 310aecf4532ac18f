select code, population from {{ ref('countries') }}
