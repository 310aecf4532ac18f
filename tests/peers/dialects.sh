#!/usr/bin/env bash
# Runs every translation case on DuckDB and on a real Spark 3.5, installed into target/ on first use.
set -euo pipefail
cd "$(dirname "$0")/../.."
venv=target/peers/spark
if [ ! -x "$venv/bin/python" ] || ! "$venv/bin/python" -c 'import pyspark' 2>/dev/null; then
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet pyspark==3.5.5
fi
CHURN_PEER_PYTHON="$PWD/$venv/bin/python" npx vitest run --config vitest.peers.config.ts tests/peers/dialects
