#!/usr/bin/env bash
# Runs every translation case, and random queries, on DuckDB and on a real Spark 3.5 (CHURN_PEER_RANDOM says how many,
# CHURN_PEER_SEED which); reads the T-SQL of every case and of both projects with three foreign parsers, and runs what one
# of them makes of it beside the original. All are installed into target/ on first use.
set -euo pipefail
cd "$(dirname "$0")/../.."
. tests/peers/spark-venv.sh
node_peers=target/peers/dialects/node
if [ ! -d "$node_peers/node_modules/antlr4ts" ]; then
  npm install --prefix "$node_peers" --silent --no-audit antlr4ts-sql@1.1.0 antlr4ts@0.5.0-alpha.4
fi
CHURN_PEER_NODE="$node_peers" npx vitest run --config vitest.peers.config.ts tests/peers/dialects
