{{ config(
    materialised='table',
    owner='ann',
    unique_key='id',
    grants={'select': ['ann']}
) }}
select 1 as id
