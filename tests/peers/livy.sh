#!/usr/bin/env bash
# Builds projects on a real Spark 3.5 with Delta behind a small Livy server, with faults; all is installed into target/
# on first use (Delta's jars by Spark itself).
set -euo pipefail
cd "$(dirname "$0")/../.."
venv=target/peers/livy
if [ ! -f "$venv/ready" ]; then
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet pyspark==3.5.5
  touch "$venv/ready"
fi
node build.mjs
export CHURN_PEER_PYTHON="$PWD/$venv/bin/python" CHURN_PEER_IVY="$PWD/$venv/ivy"
npx vitest run --config vitest.peers.config.ts tests/peers/livy
