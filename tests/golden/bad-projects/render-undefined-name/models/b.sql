select {{ target.shema }}, {{ {'key': 1}.kee }}
