#!/usr/bin/env bash
# Builds projects on a real Spark 3.5 with Delta behind a small Livy server, with faults; all is installed into target/
# on first use (Delta's jars by Spark itself).
set -euo pipefail
cd "$(dirname "$0")/../.."
. tests/peers/spark-venv.sh
node build.mjs
npx vitest run --config vitest.peers.config.ts tests/peers/livy
