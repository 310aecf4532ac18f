select '{{ env_var("CHURN_NO_SUCH_VARIABLE") }}'
