select {{ 1 if target is defind else 2 }}
