{{ config(materialized='tabel', tags={'a': 1}, enabled='perhaps') }}
select 1 as id
