#!/usr/bin/env bash
# Compares ml/ with real LightGBM, shap and scikit-learn: splits, model text both ways, SHAP, metrics.
# Makes its own virtual environment under target/ (git-ignored). Needs python3 and a built dist/.
set -euo pipefail
cd "$(dirname "$0")/../.."

venv=target/peers/ml-venv
work=target/peers/ml
if [ ! -x "$venv/bin/python" ]; then
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet 'lightgbm==4.*' shap scikit-learn pandas
fi
[ -f dist/ml/index.js ] || node build.mjs
mkdir -p "$work"
"$venv/bin/python" tests/peers/ml/prepare.py "$work"
node tests/peers/ml/compare.mjs "$work"
"$venv/bin/python" tests/peers/ml/verify.py "$work"
"$venv/bin/python" tests/peers/ml/quality.py "$work"
node tests/peers/ml/quality.mjs "$work"
