#!/usr/bin/env bash
# The whole run once more in Python: builds the reference project (and examples/cdnow where its file is at hand), trains
# and scores, then repeats folds, training, evaluation and explanation with LightGBM, shap and scikit-learn on the same
# gold table as Parquet. Fails where the two tell different stories. Needs python3 and a built dist/.
set -euo pipefail
cd "$(dirname "$0")/../.."
. tests/peers/ml/venv.sh
[ -f dist/cli/main.js ] || node build.mjs
root=$PWD
: "${CDNOW_CSV:=$root/../shared/data/cdnow/transactions.csv}"
: "${CUSTOMERS:=10000}"
export CDNOW_CSV

prepare() { # folder, parts to copy
  rm -rf "$1"
  mkdir -p "$1"
  (cd "$2" && cp -r $(ls -d churn_project.yml models macros features audits seeds snapshots simulate 2>/dev/null) "$1/")
}
run() {
  (cd "$1" && for step in build train 'score --drivers 1000'; do node "$root/bin/churn.cjs" $step --quiet >/dev/null; done)
  node tests/peers/same-run/export.mjs "$1" "$2"
  "$python" tests/peers/same-run/again.py "$1" "$3"
}

work=$root/target/peers/same-run
prepare "$work/reference" "$root"
(cd "$work/reference" && node "$root/bin/churn.cjs" simulate --customers "$CUSTOMERS" --quiet >/dev/null)
run "$work/reference" target/churn.duckdb reference
if [ -f "$CDNOW_CSV" ]; then
  prepare "$work/cdnow" "$root/examples/cdnow"
  run "$work/cdnow" target/cdnow.duckdb cdnow
else
  echo 'skipped: no CDNOW file (set CDNOW_CSV)'
fi
