"""Reads the T-SQL goldens with two foreign parsers: what either refuses is printed, and the exit code is 1."""
import pathlib
import sys

import sqlfluff
import sqlglot

failures = 0
count = 0
for file in sorted(pathlib.Path(sys.argv[1]).glob("*.sql")):
    for block in file.read_text().split("\n\n"):
        lines = [line for line in block.splitlines() if not line.startswith("--")]
        sql = "\n".join(lines).strip()
        if not sql:
            continue
        count += 1
        try:
            sqlglot.parse_one(sql, read="fabric")
        except Exception as error:
            failures += 1
            print(f"sqlglot: {file.name}: {error}\n{sql}\n")
        try:
            sqlfluff.parse(sql + "\n", dialect="tsql")
        except Exception as error:
            failures += 1
            print(f"sqlfluff: {file.name}: {error}\n{sql}\n")
print(f"{count} statements read by sqlglot and sqlfluff, {failures} refusals")
sys.exit(1 if failures else 0)
