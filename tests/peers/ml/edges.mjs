/** What edges.py wrote, trained here: the same scores, or refused where LightGBM refuses. `better` lists what is not the same. */
import { readFileSync } from 'node:fs';
import * as ml from '../../../dist/ml/index.js';
import { firstDifference } from './trees.mjs';

const work = process.argv[2];
const doubles = (name) => {
  const bytes = readFileSync(`${work}/edge-${name}`);
  return new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
};
/** Where this trainer refuses what LightGBM takes, and why that is better; or differs on purpose. */
const refusedHere = {
  'weights-negative': 'LightGBM trains on losses that grow without end',
  'labels-nan': 'LightGBM takes NaN for 0',
  'labels-2': 'LightGBM takes every positive label for 1',
  'regression-nan': 'LightGBM takes NaN for 0',
};
const differs = {
  'no-rounds': 'a model without trees is a model',
  'rate-5': 'scores explode; second derivatives below a billionth of their sum are rounded away',
};
const columns = (meta, ending) => {
  const all = doubles(`${meta.name}.${ending}`);
  const rows = all.length / meta.columns;
  const features = Array.from({ length: meta.columns }, (_, f) => {
    const values = all.subarray(f * rows, (f + 1) * rows);
    if (!meta.categorical.includes(f)) return { kind: 'numeric', name: `Column_${f}`, values };
    // Negative codes and NaN are missing, as in LightGBM.
    const texts = Array.from(values, (v) => (v >= 0 ? String(v) : null));
    return ml.encodeCategories(`Column_${f}`, texts);
  });
  return { rows, features };
};
const worst = (a, b) => {
  let most = a.length === b.length ? 0 : Infinity;
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const difference = Object.is(a[i], b[i]) ? 0 : Math.abs(a[i] - b[i]) / Math.max(1, Math.abs(b[i]));
    most = Number.isNaN(difference) ? Infinity : Math.max(most, difference);
  }
  return most;
};

/** Scores that differ are the same trees up to a split whose gain is tied with another's. */
function otherwise({ trees }, name, difference) {
  const theirs = ml.readModel(readFileSync(`${work}/edge-${name}.txt`, 'utf8')).trees;
  for (let t = 0; t < Math.max(trees.length, theirs.length); t++) {
    if (trees[t] === undefined || theirs[t] === undefined)
      return `${trees.length} trees, there ${theirs.length}`;
    const { splits, of, tied } = firstDifference(trees[t], theirs[t]);
    if (splits === of) continue;
    if (tied) return `same, up to a tie in tree ${t + 1}, split ${splits + 1}`;
    const gains = `${trees[t].splitGain[splits]}, there ${theirs[t].splitGain[splits]}`;
    return `tree ${t + 1}, split ${splits + 1} differs: gain ${gains}`;
  }
  return `same trees, scores differ by ${difference.toExponential(1)}`;
}

let failed = 0;
for (const meta of JSON.parse(readFileSync(`${work}/edges.json`, 'utf8'))) {
  const { name, rounds } = meta;
  let said;
  try {
    const weight = meta.weighted ? doubles(`${name}.w`) : undefined;
    const data = { ...columns(meta, 'X'), label: doubles(`${name}.y`), weight };
    const validation = meta.valid
      ? [{ name: 'valid', data: { ...columns(meta, 'VX'), label: doubles(`${name}.Vy`) } }]
      : [];
    const { model, bestIteration } = await ml.train(
      data,
      { ...meta.params, num_iterations: rounds },
      { validation },
    );
    const raw = await ml.predictRaw(ml.readModel(ml.writeModel(model)), columns(meta, 'T'));
    if (meta.refused !== undefined) said = 'trained here, refused there';
    else {
      const difference = worst(raw, doubles(`${name}.raw`));
      said = difference <= 1e-5 ? 'same' : otherwise(model, name, difference);
      if (meta.valid && bestIteration !== meta.best)
        said += `, best iteration ${bestIteration}, there ${meta.best}`;
    }
  } catch (error) {
    said = meta.refused === undefined ? `refused here: ${error.code} ${error.message}` : 'refused by both';
    if (error.code === undefined) said = `broke: ${error.stack}`;
  }
  const expected =
    differs[name] !== undefined || (refusedHere[name] !== undefined && said.startsWith('refused here'));
  const good = said.startsWith('same,') || said === 'same' || said === 'refused by both' || expected;
  if (!good) failed++;
  const why = expected ? ` (${differs[name] ?? refusedHere[name]})` : '';
  console.log(
    `${good ? 'ok  ' : 'FAIL'} ${name.padEnd(26)} ${said}${why}${meta.refused ? ` [LightGBM: ${meta.refused}]` : ''}`,
  );
}
console.log(failed === 0 ? 'as LightGBM, or better' : `${failed} differences`);
process.exitCode = failed === 0 ? 0 : 1;
