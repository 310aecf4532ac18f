"""Reads a Delta table with delta-rs and prints its rows, history and what skipping by statistics finds, as JSON.

With "append" it first adds the same rows once more; with "checkpoint" it first writes a checkpoint.
"""
import json
import os
import sys

from deltalake import DeltaTable, write_deltalake

table = DeltaTable(sys.argv[1])
if len(sys.argv) > 2 and sys.argv[2] == "append":
    # Another writer's commit, of the same rows once more.
    write_deltalake(sys.argv[1], table.to_pyarrow_table(), mode="append")
    table = DeltaTable(sys.argv[1])
if len(sys.argv) > 2 and sys.argv[2] == "checkpoint":
    table.create_checkpoint()
rows = table.to_pyarrow_table()
late = table.to_pyarrow_table(filters=[("id", ">", 7)])
first = DeltaTable(sys.argv[1], version=0).to_pyarrow_table().num_rows if os.path.exists(
    os.path.join(sys.argv[1], "_delta_log", "0" * 20 + ".json")
) else None
print(
    json.dumps(
        {
            "version": table.version(),
            "schema": {field.name: str(field.type.type) for field in table.schema().fields if hasattr(field.type, "type")},
            "rows": sorted(([str(value) for value in row.values()] for row in rows.to_pylist()), key=lambda r: int(r[0])),
            "late": late.num_rows,
            "files": len(table.file_uris()),
            "first_version_rows": first,
        }
    )
)
sys.stdout.flush()
os._exit(0)  # delta-rs's threads do not end with the interpreter
