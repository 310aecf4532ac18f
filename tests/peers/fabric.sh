#!/usr/bin/env bash
# Builds projects over TDS with the real binary, against a stand-in for a warehouse: a TDS server that carries batches out
# on DuckDB as sqlglot reads them. No evidence of a Fabric Warehouse; see docs/dialects.md.
set -euo pipefail
cd "$(dirname "$0")/../.."
venv=target/peers/fabric
if [ ! -f "$venv/ready" ]; then
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet sqlglot==30.30.0 sqlfluff==4.5.0
  touch "$venv/ready"
fi
node build.mjs
CHURN_PEER_PYTHON="$PWD/$venv/bin/python" npx vitest run --config vitest.peers.config.ts tests/peers/fabric
