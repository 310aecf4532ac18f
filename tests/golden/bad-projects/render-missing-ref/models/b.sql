select * from {{ ref('other_package', 'orders') }}
