/** Our side of bench/ml.mjs: trains, or scores and explains, on the peers' data. Prints one JSON line. */
import { readFileSync } from 'node:fs';
import * as ml from '../../dist/ml/index.js';

function doubles(file) {
  const bytes = readFileSync(file);
  return new Float64Array(bytes.buffer, bytes.byteOffset, bytes.length / 8);
}

function load(prefix) {
  const label = doubles(`${prefix}.y`);
  const rows = label.length;
  const x = doubles(`${prefix}.X`);
  const name = (f) => `Column_${f}`;
  const features = Array.from({ length: x.length / rows }, (_, f) => ({
    kind: 'numeric',
    name: name(f),
    values: x.subarray(f * rows, (f + 1) * rows),
  }));
  return { rows, features, label };
}

async function train(prefix, test, threads, trees, mode) {
  const data = load(prefix);
  const params = {
    num_leaves: 31,
    max_depth: 6,
    learning_rate: 0.05,
    num_iterations: trees,
    num_threads: threads,
    use_quantized_grad: mode === 'quantised',
  };
  const started = performance.now();
  const cpu = process.cpuUsage();
  const { model } = await ml.train(data, params);
  const seconds = (performance.now() - started) / 1000;
  const used = process.cpuUsage(cpu);
  const peak = process.resourceUsage().maxRSS / 1024;
  const held = load(test);
  const scores = await ml.predict(model, held);
  const ap = ml.averagePrecision(held.label, scores);
  return { seconds, cpu: (used.user + used.system) / 1e6, peak, ap, auc: ml.rocAuc(held.label, scores) };
}

/** Held-out AP of one training after each of so many trees. */
async function quality(prefix, test, stages, mode) {
  const params = {
    num_leaves: 31,
    max_depth: 6,
    learning_rate: 0.05,
    num_iterations: Math.max(...stages),
    num_threads: 1,
    use_quantized_grad: mode === 'quantised',
  };
  const { model } = await ml.train(load(prefix), params);
  const held = load(test);
  const ap = [];
  for (const stage of stages) {
    const scores = await ml.predict({ ...model, trees: model.trees.slice(0, stage) }, held);
    ap.push(ml.averagePrecision(held.label, scores));
  }
  return ap;
}

async function score(prefix, file, rows, contributions) {
  const data = load(prefix);
  const model = ml.readModel(readFileSync(file, 'utf8'));
  let started = performance.now();
  await ml.predictRaw(model, data);
  const predict = (performance.now() - started) / 1000 / data.rows;
  started = performance.now();
  const { values, featureNames } = await ml.shapValues(model, data);
  const shap = (performance.now() - started) / 1000 / data.rows;
  const theirs = doubles(contributions);
  const width = featureNames.length;
  let difference = 0;
  for (let row = 0; row < rows; row++) {
    for (let f = 0; f < width; f++) {
      difference = Math.max(difference, Math.abs(values[row * width + f] - theirs[row * (width + 1) + f]));
    }
  }
  return { predict, shap, difference };
}

const [command, ...rest] = process.argv.slice(2);
const commands = {
  train: () => train(rest[0], rest[1], Number(rest[2]), Number(rest[3]), rest[4]),
  quality: () => quality(rest[0], rest[1], rest[2].split(',').map(Number), rest[3]),
  score: () => score(rest[0], rest[1], Number(rest[2]), rest[3]),
};
console.log(JSON.stringify(await commands[command]()));
