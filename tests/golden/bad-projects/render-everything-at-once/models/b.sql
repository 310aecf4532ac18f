select {{ c }}
