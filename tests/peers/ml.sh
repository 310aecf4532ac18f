#!/usr/bin/env bash
# Compares ml/ with real LightGBM, shap and scikit-learn: splits, model text both ways, SHAP, metrics.
# Makes its own virtual environment under target/ (git-ignored). Needs python3 and a built dist/.
set -euo pipefail
cd "$(dirname "$0")/../.."

. tests/peers/ml/venv.sh
work=target/peers/ml
[ -f dist/ml/index.js ] || node build.mjs
mkdir -p "$work"
"$python" tests/peers/ml/parameters.py "$work"
node tests/peers/ml/parameters.mjs "$work"
"$python" tests/peers/ml/prepare.py "$work"
node tests/peers/ml/compare.mjs "$work"
"$python" tests/peers/ml/verify.py "$work"
"$python" tests/peers/ml/edges.py "$work" >"$work/edges.log" 2>&1
node tests/peers/ml/edges.mjs "$work"
"$python" tests/peers/ml/quality.py "$work"
node tests/peers/ml/quality.mjs "$work"
