#!/usr/bin/env bash
# Reads published Delta tables with delta-rs, which is installed into target/ on first use.
set -euo pipefail
cd "$(dirname "$0")/../.."
venv=target/peers/delta
if [ ! -f "$venv/ready" ]; then
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet deltalake==1.2.1 pyarrow==21.0.0
  touch "$venv/ready"
fi
CHURN_PEER_PYTHON="$PWD/$venv/bin/python" npx vitest run --config vitest.peers.config.ts tests/peers/delta
