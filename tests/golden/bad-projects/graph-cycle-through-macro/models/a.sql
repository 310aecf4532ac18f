select * from {{ from_b() }}
