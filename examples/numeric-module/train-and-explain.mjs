/**
 * The numeric module alone, in a plain Node script: no project, no SQL, no DuckDB, no terminal.
 *
 *     node examples/numeric-module/train-and-explain.mjs
 *
 * Trains on made-up customers, saves the model as LightGBM's text, explains the held-out ones and writes two plots.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import {
  beeswarmSvg,
  encodeCategories,
  evaluate,
  explain,
  readModel,
  selectRows,
  train,
  waterfallSvg,
  waterfallText,
  writeModel,
} from 'churn/ml';

const folder = process.argv[2] ?? 'numeric-module-out';
const data = customers(6000);
const part = (from, until) =>
  selectRows(
    data,
    Uint32Array.from({ length: until - from }, (_, i) => from + i),
  );
const learn = part(0, 4000);
const watch = part(4000, 5000);
const held = part(5000, 6000);

const { model, bestIteration } = await train(
  learn,
  {
    objective: 'binary',
    num_leaves: 15,
    learning_rate: 0.05,
    num_iterations: 400,
    metric: ['average_precision'],
    early_stopping_round: 30,
  },
  { validation: [{ name: 'watch', data: watch }] },
);

mkdirSync(folder, { recursive: true });
writeFileSync(`${folder}/model.txt`, writeModel(model)); // lightgbm.Booster(model_file='model.txt')

const explained = await explain(readModel(readFileSync(`${folder}/model.txt`, 'utf8')), held);
const { averagePrecision, rocAuc } = evaluate(held, explained.predictions).overall;
console.log(
  `${bestIteration} trees, AP ${averagePrecision.value.toFixed(3)}, AUC ${rocAuc.value.toFixed(3)}`,
);
for (const { feature, meanAbsShap } of explained.importance) {
  console.log(`  ${feature.padEnd(16)} ${meanAbsShap.toFixed(3)}`);
}

const riskiest = explained.predictions.indexOf(Math.max(...explained.predictions));
console.log(`\nThe customer at the highest risk, ${(100 * explained.predictions[riskiest]).toFixed(0)} %:`);
console.log(waterfallText(explained.row(riskiest)));
writeFileSync(`${folder}/summary.svg`, beeswarmSvg(explained.shap, held));
writeFileSync(`${folder}/customer.svg`, waterfallSvg(explained.row(riskiest)));

/** Customers who leave when they log in less, have open tickets or are on the free plan. */
function customers(rows) {
  let state = 7;
  const random = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const logins = new Float64Array(rows);
  const tickets = new Float64Array(rows);
  const sentiment = new Float64Array(rows);
  const plans = [];
  const label = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    logins[row] = Math.floor(-8 * Math.log(1 - random()));
    tickets[row] = Math.floor(-0.8 * Math.log(1 - random()));
    sentiment[row] = tickets[row] === 0 ? Number.NaN : 2 * random() - 1; // nobody asked: missing
    plans.push(['free', 'pro', 'team'][Math.floor(3 * random())]);
    const risk =
      1 -
      0.2 * logins[row] +
      0.6 * tickets[row] -
      (sentiment[row] || 0) +
      (plans[row] === 'free' ? 0.8 : -0.6);
    label[row] = random() < 1 / (1 + Math.exp(-risk)) ? 1 : 0;
  }
  return {
    rows,
    features: [
      { kind: 'numeric', name: 'logins_30d', values: logins },
      { kind: 'numeric', name: 'tickets_30d', values: tickets },
      { kind: 'numeric', name: 'sentiment_30d', values: sentiment },
      encodeCategories('plan', plans),
    ],
    label,
  };
}
