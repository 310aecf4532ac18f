select {{ dbt_utils.star(from=ref('b')) }} from {{ ref('b') }}
