#!/usr/bin/env bash
# Runs every translation case on DuckDB and on a real Spark 3.5, and reads the T-SQL goldens with two foreign
# parsers; all are installed into target/ on first use.
set -euo pipefail
cd "$(dirname "$0")/../.."
venv=target/peers/dialects
if [ ! -f "$venv/ready" ]; then
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet pyspark==3.5.5 sqlglot==30.30.0 sqlfluff==4.5.0
  touch "$venv/ready"
fi
"$venv/bin/python" tests/peers/dialects/parse_tsql.py tests/golden/fabric
CHURN_PEER_PYTHON="$PWD/$venv/bin/python" npx vitest run --config vitest.peers.config.ts tests/peers/dialects
