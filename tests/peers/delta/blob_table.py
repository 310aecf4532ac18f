"""Reads (and on "append" first writes) a Delta table on the storage emulator with delta-rs; prints JSON.

AZURITE_BLOB_STORAGE_URL says where the emulator is.
"""
import json
import os
import sys

import pyarrow
from deltalake import DeltaTable, QueryBuilder, write_deltalake



def rows_of(table):
    found = QueryBuilder().register("t", table).execute('select id, "nöte" from t')
    return pyarrow.table(found.read_all())


options = {"azure_storage_use_emulator": "true"}
uri = sys.argv[1]
table = DeltaTable(uri, storage_options=options)
if len(sys.argv) > 2 and sys.argv[2] == "append":
    write_deltalake(uri, rows_of(table), mode="append", storage_options=options)
    table = DeltaTable(uri, storage_options=options)
rows = rows_of(table).to_pylist()
print(
    json.dumps(
        {
            "version": table.version(),
            "count": len(rows),
            "ids": sorted(row["id"] for row in rows)[:1000],
            "notes": sorted({str(row["nöte"]) for row in rows[:1000]}),
            "files": len(table.file_uris()),
        }
    )
)
sys.stdout.flush()
os._exit(0)  # delta-rs's threads do not end with the interpreter
