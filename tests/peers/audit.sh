#!/usr/bin/env bash
# Is there a false proof? Runs what the audit PROVED on random databases, whole and masked: the public table, SQL thought
# up against it, random SQL, and mutants of both projects' own SQL; holds the solver against z3; and breaks the prover on purpose, to see
# that this suite would notice. Ends with 1 on any false proof.
#
#     bash tests/peers/audit.sh             a part of it, another one each day
#     bash tests/peers/audit.sh full        300 databases per column, 520 mutants, 1,000 random queries: hours
#     bash tests/peers/audit.sh short 17    the part of a seed
set -euo pipefail
cd "$(dirname "$0")/../.."
size=${1:-short}
seed=${2:-$(($(date +%s) / 86400))}
if [ "$size" = full ]; then
  rounds=300 mutants=520 second=120 queries=1000 every=1 power=80
  seed=${2:-1}
else
  rounds=60 mutants=24 second=8 queries=60 every=12 power=0
fi
echo "size $size, seed $seed"
[ -d node_modules ] || npm ci

suite() { node tests/peers/audit/run.mjs "$@"; }

suite table --rounds "$rounds" --seed "$seed" --power 90
suite odd --rounds "$((rounds / 4))" --seed "$seed"
suite grammar --queries "$queries" --rounds "$rounds" --seed "$seed"
suite mutants --project . --mutants "$mutants" --rounds "$rounds" --seed "$seed" --power "$power"
suite mutants --project examples/cdnow --mutants "$second" --rounds "$rounds" --seed "$seed" --power "$power"
AUDIT_Z3_EVERY=$every npx vitest run tests/core/5-audit/solver/z3.test.ts
node tests/peers/audit/broken.mjs 60 1
