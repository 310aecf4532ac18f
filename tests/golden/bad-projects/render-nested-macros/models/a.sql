select {{ outer([{'missing': {'deeper': 1}}, {'a': 2}]) }}
