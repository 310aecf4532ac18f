select '{{ var("cutof") }}', '{{ var("horizon") }}'
