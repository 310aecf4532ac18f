#!/usr/bin/env bash
# Builds, audits, trains and evaluates examples/cdnow on the real file, where it is at hand.
set -euo pipefail
cd "$(dirname "$0")/../.."
: "${CDNOW_CSV:=$PWD/../shared/data/cdnow/transactions.csv}"
if [ ! -f "$CDNOW_CSV" ]; then
  echo 'skipped: no CDNOW file (set CDNOW_CSV)'
  exit 0
fi
export CDNOW_CSV
npx vitest run --config vitest.peers.config.ts tests/peers/cdnow
