/**
 * ml/ against real LightGBM and shap on the same machine in one run: training with binning (LightGBM's default and its
 * quantised mode, ours without and with it, both OMP wait policies where there are threads to wait), held-out quality, peak
 * memory, prediction and SHAP. Interleaved, medians. Results are kept beside the data, so that parts can be run one at a time.
 *
 *   npm run bench:ml -- --rows 200000,1000000 --threads 1,2 --trees 500 --repeats 3
 *   npm run bench:ml -- --rows 200000 --threads 1 --trees 100 --repeats 1 --only train     (half a minute)
 *   npm run bench:ml -- --rows 200000 --only quality --seeds 1,2,3     (held-out AP on the way, by the data's seed)
 *
 * `--repeats 3,1` repeats the first size three times and the second once.
 *
 * LightGBM explains 2,000 rows only, as it needs milliseconds a row; both are given per row. Ours counts its tables.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
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
    only: { type: 'string', default: 'train,score' },
    seeds: { type: 'string', default: '1,2,3' },
  },
});
const numbers = (text) => text.split(',').map(Number);
const parts = flags.only.split(',');
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

const model = (name) => join(work, `${name}.txt`);

/** Each contender's run, by its name. */
function contenders(prefix, threads) {
  const theirs = (mode, policy) => () =>
    peer(['train', prefix, test, String(threads), flags.trees, mode, model(mode)], {
      OMP_WAIT_POLICY: policy,
    });
  const policies = threads > 1 ? ['passive', 'active'] : ['passive'];
  const peers = [
    ['LightGBM', 'plain'],
    ['quantised', 'quantised'],
  ].flatMap(([name, mode]) => policies.map((policy) => [`${name}, ${policy}`, theirs(mode, policy)]));
  const mine = (mode) => () => ours(['train', prefix, test, String(threads), flags.trees, mode]);
  return { ours: mine('plain'), 'ours, quantised': mine('quantised'), ...Object.fromEntries(peers) };
}

function compareTraining(rows, prefix, threads, repeats) {
  const all = contenders(prefix, threads);
  const runs = Object.fromEntries(Object.keys(all).map((name) => [name, []]));
  for (let repeat = 0; repeat < repeats; repeat++) {
    for (const [name, contender] of Object.entries(all)) runs[name].push(contender());
  }
  const result = Object.fromEntries(Object.entries(runs).map(([name, each]) => [name, medians(each)]));
  console.log(`\n${rows} x 40, ${threads} thread${threads > 1 ? 's' : ''}, ${flags.trees} trees`);
  for (const [name, { seconds, cpu, peak, ap, auc }] of Object.entries(result)) {
    const figures = [
      `${seconds.toFixed(2).padStart(7)} s`,
      `cpu ${cpu.toFixed(1).padStart(6)} s`,
      `peak ${peak.toFixed(0).padStart(5)} MB`,
      `AP ${ap.toFixed(4)}`,
      `AUC ${auc.toFixed(5)}`,
      `ours/this ${(result.ours.seconds / seconds).toFixed(2)}`,
      `(cpu ${(result.ours.cpu / cpu).toFixed(2)}, peak ${(result.ours.peak / peak).toFixed(2)})`,
    ];
    console.log(`  ${name.padEnd(20)} ${figures.join('  ')}`);
  }
  return result;
}

function compareScoring(prefix, repeats) {
  const contributions = join(work, 'contributions');
  const threads = String(Math.max(...numbers(flags.threads)));
  const theirs = [];
  const mine = [];
  for (let repeat = 0; repeat < repeats; repeat++) {
    theirs.push(peer(['score', prefix, model('plain'), threads, explained, contributions]));
    mine.push(ours(['score', prefix, model('plain'), explained, contributions]));
  }
  const [a, b] = [medians(mine), medians(theirs)];
  const micro = (seconds) => `${(seconds * 1e6).toFixed(2)} µs/row`;
  const ratio = (x, y) => (x / y).toFixed(4);
  console.log(`  predict ${micro(a.predict)} against ${micro(b.predict)}: ${ratio(a.predict, b.predict)}`);
  console.log(
    `  SHAP    ${micro(a.shap)} against pred_contrib ${micro(b.contrib)}: ${ratio(a.shap, b.contrib)}, shap ${micro(b.shap)}: ${ratio(a.shap, b.shap)}; largest difference ${a.difference.toExponential(1)}`,
  );
  return { ours: a, theirs: b };
}

const stages = [150, 250, 500];

/** Is a difference in quality more than chance? The same kind of data by other seeds, each tested on the same rows. */
function compareQuality(rows) {
  const result = {};
  for (const seed of numbers(flags.seeds)) {
    const prefix = dataOf(rows, seed);
    const each = {
      ours: ours(['quality', prefix, test, String(stages), 'plain']),
      'ours, quantised': ours(['quality', prefix, test, String(stages), 'quantised']),
      LightGBM: peer(['quality', prefix, test, String(stages), 'plain']),
      quantised: peer(['quality', prefix, test, String(stages), 'quantised']),
    };
    result[seed] = each;
    console.log(`\n${rows} x 40, seed ${seed}: AP after ${stages.join(', ')} trees`);
    for (const [name, ap] of Object.entries(each)) {
      console.log(`  ${name.padEnd(20)} ${ap.map((value) => value.toFixed(4)).join('  ')}`);
    }
  }
  return result;
}

/** Where the rows of a seed are; made once. */
function dataOf(rows, seed) {
  const prefix = join(work, seed === 1 ? `train-${rows}` : `train-${rows}-${seed}`);
  if (!existsSync(`${prefix}.R`)) peer(['data', String(rows), prefix, String(seed)]);
  return prefix;
}

if (!existsSync(python)) {
  execFileSync('python3', ['-m', 'venv', venv]);
  const packages = ['lightgbm==4.*', 'shap', 'scikit-learn', 'pandas'];
  execFileSync(join(venv, 'bin/pip'), ['install', '--quiet', ...packages]);
}
mkdirSync(work, { recursive: true });
const test = join(work, 'test');
if (!existsSync(`${test}.R`)) peer(['data', '100000', test, '99']);

const file = join(work, 'report.json');
const report = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
const repeatsOf = numbers(flags.repeats);
for (const [size, rows] of numbers(flags.rows).entries()) {
  const repeats = repeatsOf[size] ?? repeatsOf.at(-1);
  const prefix = dataOf(rows, 1);
  for (const threads of parts.includes('train') ? numbers(flags.threads) : []) {
    report[`train ${rows} x ${threads} x ${flags.trees}`] = compareTraining(rows, prefix, threads, repeats);
  }
  if (parts.includes('quality')) report[`quality ${rows}`] = compareQuality(rows);
  if (parts.includes('score')) report[`score ${rows}`] = compareScoring(prefix, repeats);
  writeFileSync(file, JSON.stringify(report, null, 2));
}
