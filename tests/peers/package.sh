#!/usr/bin/env bash
# Packs the package, installs it into empty folders and uses it as a stranger would: the numeric module with nothing
# beside it, its declarations under both ways TypeScript resolves modules, the command line.
set -euo pipefail
cd "$(dirname "$0")/../.."
root=$PWD
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

npm pack --silent --pack-destination "$work" >/dev/null
tarball=$(ls "$work"/churn-*.tgz)
echo "packed: $(du -h "$tarball" | cut -f1)"

# Without a single dependency: whatever the module needed besides Node would be missing here.
bare="$work/bare"
mkdir -p "$bare/node_modules/churn"
tar -xzf "$tarball" -C "$bare/node_modules/churn" --strip-components=1
cp examples/numeric-module/train-and-explain.mjs "$bare/"
(cd "$bare" && node train-and-explain.mjs out | tee out.txt)
grep -q 'logins_30d' "$bare/out.txt"
test -s "$bare/out/model.txt" && test -s "$bare/out/summary.svg"
echo 'ok   churn/ml runs with nothing installed beside it'

cp tests/peers/package/use-ml.ts "$bare/"
echo '{"type": "module"}' >"$bare/package.json"
for resolution in 'nodenext nodenext' 'esnext bundler'; do
  read -r module moduleResolution <<<"$resolution"
  (cd "$bare" && node "$root/node_modules/typescript/bin/tsc" --noEmit --strict --target es2022 --lib es2023,dom --types '' \
    --module "$module" --moduleResolution "$moduleResolution" use-ml.ts)
  echo "ok   declarations of churn/ml, moduleResolution $moduleResolution"
done

full="$work/full"
mkdir -p "$full"
(cd "$full" && echo '{"type": "module", "private": true}' >package.json && npm install --silent --no-audit --no-fund "$tarball")
cp tests/peers/package/use-core.ts "$full/"
(cd "$full" && node "$root/node_modules/typescript/bin/tsc" --noEmit --strict --target es2022 --lib es2023,dom --types '' --skipLibCheck \
  --module nodenext --moduleResolution nodenext use-core.ts)
echo 'ok   declarations of churn'
(cd "$full" && npx churn init --name packed && npx churn build --quiet && npx churn audit --quiet)
echo 'ok   the command line builds and audits a new project'
