/**
 * ml/ against real LightGBM and shap on the same machine in one run: training with binning (LightGBM default and
 * quantised, both OMP wait policies), held-out quality, peak memory, prediction and SHAP. Interleaved, medians.
 *
 *   npm run bench:ml -- --rows 200000,1000000 --threads 1,2 --trees 500 --repeats 3
 *
 * LightGBM explains 2,000 rows only, as it needs milliseconds a row; both are given per row. Ours counts its tables.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const root = join(import.meta.dirname, '..');
const work = join(root, 'target/bench/ml');
const venv = join(root, 'target/peers/ml-venv');
const python = join(venv, 'bin/python');
const { values: flags } = parseArgs({
  options: {
    rows: { type: 'string', default: '200000,1000000' },
    threads: { type: 'string', default: '1,2' },
    trees: { type: 'string', default: '500' },
    repeats: { type: 'string', default: '3' },
  },
});
const numbers = (text) => text.split(',').map(Number);
const explained = '2000';

function run(file, args, env = {}) {
  const text = execFileSync(file, args, {
    encoding: 'utf8',
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return JSON.parse(text.trim().split('\n').at(-1));
}
const peer = (args, env) => run(python, [join(root, 'bench/ml/peer.py'), ...args], env);
const ours = (args) => run(process.execPath, [join(root, 'bench/ml/ours.mjs'), ...args]);

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1];
}
const medians = (runs) =>
  Object.fromEntries(Object.keys(runs[0]).map((key) => [key, median(runs.map((one) => one[key]))]));

if (!existsSync(python)) {
  execFileSync('python3', ['-m', 'venv', venv]);
  execFileSync(join(venv, 'bin/pip'), [
    'install',
    '--quiet',
    'lightgbm==4.*',
    'shap',
    'scikit-learn',
    'pandas',
  ]);
}
mkdirSync(work, { recursive: true });
const test = join(work, 'test');
if (!existsSync(`${test}.y`)) peer(['data', '100000', test, '99']);

const report = [];
for (const rows of numbers(flags.rows)) {
  const prefix = join(work, `train-${rows}`);
  if (!existsSync(`${prefix}.y`)) peer(['data', String(rows), prefix, '1']);
  for (const threads of numbers(flags.threads)) {
    const model = (name) => join(work, `${name}.txt`);
    const contenders = {
      ours: () => ours(['train', prefix, test, String(threads), flags.trees]),
      'LightGBM, passive': () =>
        peer(['train', prefix, test, String(threads), flags.trees, 'plain', model('plain')], {
          OMP_WAIT_POLICY: 'passive',
        }),
      'LightGBM, active': () =>
        peer(['train', prefix, test, String(threads), flags.trees, 'plain', model('plain')], {
          OMP_WAIT_POLICY: 'active',
        }),
      'LightGBM quantised': () =>
        peer(['train', prefix, test, String(threads), flags.trees, 'quantised', model('quantised')], {
          OMP_WAIT_POLICY: 'passive',
        }),
    };
    const runs = Object.fromEntries(Object.keys(contenders).map((name) => [name, []]));
    for (let repeat = 0; repeat < Number(flags.repeats); repeat++) {
      for (const [name, contender] of Object.entries(contenders)) runs[name].push(contender());
    }
    const result = Object.fromEntries(Object.entries(runs).map(([name, all]) => [name, medians(all)]));
    console.log(`\n${rows} x 40, ${threads} thread${threads > 1 ? 's' : ''}, ${flags.trees} trees`);
    for (const [name, { seconds, cpu, peak, ap, auc }] of Object.entries(result)) {
      const ratio = result.ours.seconds / seconds;
      console.log(
        `  ${name.padEnd(20)} ${seconds.toFixed(2).padStart(7)} s  cpu ${cpu.toFixed(1).padStart(6)} s  peak ${peak.toFixed(0).padStart(5)} MB  AP ${ap.toFixed(4)}  AUC ${auc.toFixed(5)}  ours/this ${ratio.toFixed(2)} (cpu ${(result.ours.cpu / cpu).toFixed(2)})`,
      );
    }
    report.push({ rows, threads, training: result });
  }
  const contributions = join(work, 'contributions');
  const theirs = [];
  const mine = [];
  for (let repeat = 0; repeat < Number(flags.repeats); repeat++) {
    theirs.push(
      peer([
        'score',
        prefix,
        join(work, 'plain.txt'),
        String(Math.max(...numbers(flags.threads))),
        explained,
        contributions,
      ]),
    );
    mine.push(ours(['score', prefix, join(work, 'plain.txt'), explained, contributions]));
  }
  const [a, b] = [medians(mine), medians(theirs)];
  const micro = (seconds) => `${(seconds * 1e6).toFixed(2)} µs/row`;
  console.log(
    `  predict ${micro(a.predict)} against ${micro(b.predict)}: ${(a.predict / b.predict).toFixed(3)}`,
  );
  console.log(
    `  SHAP    ${micro(a.shap)} against pred_contrib ${micro(b.contrib)}: ${(a.shap / b.contrib).toFixed(4)}, shap ${micro(b.shap)}: ${(a.shap / b.shap).toFixed(4)}; largest difference ${a.difference.toExponential(1)}`,
  );
  report.push({ rows, ours: a, theirs: b });
}
writeFileSync(join(work, 'report.json'), JSON.stringify(report, null, 2));
