#!/usr/bin/env bash
# Publishes Delta tables to a folder and to Blob storage (azurite), and reads them with delta-rs; both are installed into
# target/ on first use.
set -euo pipefail
cd "$(dirname "$0")/../.."
venv=target/peers/delta
if [ ! -f "$venv/ready" ]; then
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet deltalake==1.2.1 pyarrow==21.0.0
  npm install --prefix "$venv/azurite" --no-audit --no-fund --silent azurite@3.35.0
  touch "$venv/ready"
fi
[ -f dist/core/index.js ] || node build.mjs
export CHURN_PEER_PYTHON="$PWD/$venv/bin/python"
export CHURN_PEER_AZURITE="$PWD/$venv/azurite/node_modules/azurite/dist/src/blob/main.js"
npx vitest run --config vitest.peers.config.ts tests/peers/delta
