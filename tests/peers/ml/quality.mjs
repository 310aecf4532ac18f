/** Held-out AP and AUC of ours against LightGBM's on ten data sets; fails where the means differ by more than noise. */
import { readFileSync } from 'node:fs';
import * as ml from '../../../dist/ml/index.js';

const work = process.argv[2];
const doubles = (name) => {
  const bytes = readFileSync(`${work}/${name}`);
  return new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
};
function load(key) {
  const label = doubles(`${key}.y`);
  const rows = label.length;
  const x = doubles(`${key}.X`);
  const features = Array.from({ length: x.length / rows }, (_, f) => ({
    kind: 'numeric',
    name: `f${f}`,
    values: x.subarray(f * rows, (f + 1) * rows),
  }));
  return { rows, features, label };
}
const { runs, rounds } = JSON.parse(readFileSync(`${work}/quality.json`, 'utf8'));
const bySet = new Map();
for (const { name, key, ap, auc } of runs) {
  const test = load(`${key}-test`);
  const params = { num_iterations: rounds, learning_rate: 0.05, num_leaves: 15 };
  const { model } = await ml.train(load(`${key}-train`), params);
  const scores = await ml.predict(model, test);
  const all = bySet.get(name) ?? [];
  const ours = { ap: ml.averagePrecision(test.label, scores), auc: ml.rocAuc(test.label, scores) };
  all.push({ rows: test.rows, ours, theirs: { ap, auc } });
  bySet.set(name, all);
}
const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;
const deviation = (values) => Math.sqrt(mean(values.map((value) => (value - mean(values)) ** 2)));
console.log('| data | AP ours | AP LightGBM | AUC ours | AUC LightGBM | spread over splits (AP) |');
console.log('|---|---|---|---|---|---|');
let failed = 0;
for (const [name, all] of bySet) {
  const of = (side, metric) => all.map((run) => run[side][metric]);
  const cell = (side, metric) => mean(of(side, metric)).toFixed(4);
  const spread = deviation(of('theirs', 'ap'));
  console.log(
    `| ${name} | ${cell('ours', 'ap')} | ${cell('theirs', 'ap')} | ${cell('ours', 'auc')} | ${cell('theirs', 'auc')} | ${spread.toFixed(4)} |`,
  );
  for (const metric of ['ap', 'auc']) {
    const difference = mean(of('ours', metric)) - mean(of('theirs', metric));
    if (difference < -Math.max(0.003, deviation(of('theirs', metric)))) failed++;
  }
}
console.log(
  failed === 0 ? 'within noise of LightGBM, or above' : `${failed} below LightGBM by more than noise`,
);
process.exitCode = failed === 0 ? 0 : 1;
