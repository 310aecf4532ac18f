/** Loads LightGBM's models here, scores and explains with them, trains our own; exits 1 when anything differs. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import * as ml from '../../../dist/ml/index.js';
import { firstDifference } from './trees.mjs';

const work = process.argv[2];
const doubles = (name) => {
  const bytes = readFileSync(`${work}/${name}`);
  return new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
};
const worst = (a, b) => {
  let most = a.length === b.length ? 0 : Infinity;
  for (let i = 0; i < a.length && i < b.length; i++) {
    most = Math.max(most, Math.abs(a[i] - b[i]) / Math.max(1, Math.abs(b[i])));
  }
  return most;
};
let failed = 0;
const check = (name, what, difference, limit) => {
  const good = difference <= limit;
  if (!good) failed++;
  console.log(
    `${good ? 'ok  ' : 'FAIL'} ${name.padEnd(12)} ${what.padEnd(30)} ${difference.toExponential(2)} <= ${limit}`,
  );
};

function dataset(meta) {
  const x = doubles(`${meta.name}.X`);
  const features = meta.columns.map(({ name, dictionary }, f) => {
    const values = x.subarray(f * meta.rows, (f + 1) * meta.rows);
    return dictionary === undefined
      ? { kind: 'numeric', name, values }
      : { kind: 'categorical', name, codes: Int32Array.from(values), dictionary };
  });
  const weight = meta.weighted ? doubles(`${meta.name}.w`) : undefined;
  return { rows: meta.rows, features, label: doubles(`${meta.name}.y`), weight };
}

for (const meta of JSON.parse(readFileSync(`${work}/cases.json`, 'utf8'))) {
  const data = dataset(meta);
  const { name } = meta;
  const text = readFileSync(`${work}/${name}.txt`, 'utf8');
  const theirs = ml.readModel(text);
  check(name, 'their text rewritten: bytes differ', ml.writeModel(theirs) === text ? 0 : 1, 0);
  check(
    name,
    'their model scored here',
    worst(await ml.predictRaw(theirs, data), doubles(`${name}.raw`)),
    1e-12,
  );
  check(
    name,
    'their predictions here',
    worst(await ml.predict(theirs, data), doubles(`${name}.pred`)),
    1e-12,
  );
  const first = (n) =>
    ml.selectRows(
      data,
      Uint32Array.from({ length: n }, (_, i) => i),
    );
  if (meta.explain) {
    const { values, expected, classes } = await ml.shapValues(theirs, first(Math.min(300, meta.rows)));
    const rows = values.length / classes / meta.columns.length;
    const withExpected = new Float64Array(rows * classes * (meta.columns.length + 1));
    for (let i = 0; i < rows * classes; i++) {
      withExpected.set(
        values.subarray(i * meta.columns.length, (i + 1) * meta.columns.length),
        i * (meta.columns.length + 1),
      );
      withExpected[(i + 1) * (meta.columns.length + 1) - 1] = expected[i % classes];
    }
    check(name, 'SHAP against pred_contrib', worst(withExpected, doubles(`${name}.contrib`)), 1e-9);
    if (meta.shap) {
      check(name, 'SHAP against shap', worst(values, doubles(`${name}.shap`)), 1e-9);
    }
    if (meta.interactions) {
      const interactions = await ml.shapInteractions(theirs, first(40));
      check(
        name,
        'interactions against shap',
        worst(interactions.values, doubles(`${name}.interactions`)),
        1e-8,
      );
    }
    if (meta.interventional) {
      const background = ml.selectRows(
        data,
        Uint32Array.from({ length: Math.min(330, meta.rows) - 300 }, (_, i) => 300 + i),
      );
      if (background.rows > 0) {
        const deep = await ml.shapValues(theirs, first(40), { background });
        check(
          name,
          'interventional against shap',
          worst(deep.values, doubles(`${name}.interventional`)),
          1e-5,
        );
      }
    }
  }
  if (meta.firstTree) {
    const { model } = await ml.train(data, { ...meta.params, num_iterations: meta.rounds });
    const { splits, of, tied } = firstDifference(model.trees[0], theirs.trees[0]);
    check(name, `first tree: ${splits} of ${of} splits`, tied ? 0 : 1, 0);
    if (splits === of) {
      // LightGBM keeps labels and gradients in single precision.
      check(
        name,
        'first tree: leaf values',
        worst(model.trees[0].leafValue, theirs.trees[0].leafValue),
        1e-5,
      );
    }
    // Their model and next to nothing: what is left is the metric.
    const metric = meta.metrics.map(([metricName]) => metricName);
    const { history } = await ml.train(
      data,
      { ...meta.params, metric, num_iterations: 1, learning_rate: 1e-12 },
      { initModel: theirs, evaluateTraining: true },
    );
    for (const [i, [metricName, value]] of meta.metrics.entries()) {
      check(name, `metric ${metricName}`, worst([history[i].values[0]], [value]), 1e-6);
    }
    writeFileSync(`${work}/${name}.ours.txt`, ml.writeModel(model));
    writeFileSync(`${work}/${name}.ours.raw`, await ml.predictRaw(model, data));
    if (theirs.objective.link === 'sigmoid') {
      const scores = await ml.predict(model, data);
      const { label } = data;
      writeFileSync(
        `${work}/${name}.metrics`,
        Float64Array.of(
          ml.averagePrecision(label, scores),
          ml.rocAuc(label, scores),
          ml.logLoss(label, scores),
          ml.brierScore(label, scores),
        ),
      );
    }
  } else if (existsSync(`${work}/${name}.ours.txt`)) throw new Error(`${name}: stale file`);
}
console.log(failed === 0 ? 'all agree' : `${failed} differences`);
process.exitCode = failed === 0 ? 0 : 1;
