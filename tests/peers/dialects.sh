#!/usr/bin/env bash
# Runs every translation case on DuckDB and on a real Spark 3.5; reads the T-SQL of every case and of both projects with
# three foreign parsers, and runs what one of them makes of it beside the original. All are installed into target/ on
# first use.
set -euo pipefail
cd "$(dirname "$0")/../.."
peers=target/peers/dialects
if [ ! -f "$peers/ready-2" ]; then
  python3 -m venv "$peers"
  "$peers/bin/pip" install --quiet pyspark==3.5.5 sqlglot==30.30.0 sqlfluff==4.5.0
  npm install --prefix "$peers/node" --silent --no-audit antlr4ts-sql@1.1.0 antlr4ts@0.5.0-alpha.4
  touch "$peers/ready-2"
fi
CHURN_PEER_PYTHON="$PWD/$peers/bin/python" CHURN_PEER_NODE="$peers/node" \
  npx vitest run --config vitest.peers.config.ts tests/peers/dialects
