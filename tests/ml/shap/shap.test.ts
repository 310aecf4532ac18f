import { describe, expect, test } from 'vitest';
import {
  type Dataset,
  explainRow,
  featureImportance,
  type Model,
  predict,
  predictRaw,
  selectByShap,
  selectRows,
  shapInteractions,
  shapValues,
  topDrivers,
  train,
} from '../../../ml/index.ts';
import { goesLeft } from '../../../ml/predicting/decide.ts';
import { modelColumns } from '../../../ml/predicting/model-columns.ts';
import { syntheticData } from '../data.ts';

const data = syntheticData(1200, 3);
const few = selectRows(
  data,
  Uint32Array.from({ length: 25 }, (_, i) => i * 7),
);
const params = { num_iterations: 6, num_leaves: 8, min_data_per_group: 5, cat_smooth: 1 };

/** Shapley values by definition: all subsets, the tree's conditional expectation for the unknown features. */
function bruteForce(model: Model, rows: Dataset, row: number): number[] {
  const columns = modelColumns(model, rows);
  const features = model.featureNames.length;
  const value = (known: number): number =>
    model.trees.reduce((sum, tree) => {
      const visit = (node: number): number => {
        if (node < 0) return tree.leafValue[~node]!;
        const f = tree.splitFeature[node]!;
        const [left, right] = [tree.leftChild[node]!, tree.rightChild[node]!];
        if ((known >> f) & 1) return visit(goesLeft(tree, node, columns[f]![row]!) ? left : right);
        const count = (child: number) => (child < 0 ? tree.leafCount[~child]! : tree.internalCount[child]!);
        return (visit(left) * count(left) + visit(right) * count(right)) / tree.internalCount[node]!;
      };
      return sum + (tree.numLeaves === 1 ? tree.leafValue[0]! : visit(0));
    }, 0);
  return shapley(features, value);
}

function shapley(features: number, value: (known: number) => number): number[] {
  const factorial = (n: number): number => (n <= 1 ? 1 : n * factorial(n - 1));
  const values = Array.from({ length: 1 << features }, (_, known) => value(known));
  return Array.from({ length: features }, (_, f) => {
    let phi = 0;
    for (let known = 0; known < values.length; known++) {
      if ((known >> f) & 1) continue;
      const size = known.toString(2).replaceAll('0', '').length;
      const weight = (factorial(size) * factorial(features - size - 1)) / factorial(features);
      phi += weight * (values[known | (1 << f)]! - values[known]!);
    }
    return phi;
  });
}

describe('path-dependent SHAP', () => {
  test('is Shapley’s definition over the tree’s conditional expectations', async () => {
    const { model } = await train(data, params);
    const { values } = await shapValues(model, few);
    for (let row = 0; row < 8; row++) {
      bruteForce(model, few, row).forEach((phi, f) => {
        expect(values[row * 6 + f]).toBeCloseTo(phi, 10);
      });
    }
  });

  test.each([
    { objective: 'binary' as const },
    { objective: 'regression' as const },
    { objective: 'binary' as const, max_depth: 12, num_leaves: 100, min_data_in_leaf: 3 },
    { objective: 'binary' as const, zero_as_missing: true },
  ])('adds up to the raw score: %o', async (extra) => {
    const { model } = await train(data, { ...params, ...extra });
    const { values, expected } = await shapValues(model, data);
    const raw = await predictRaw(model, data);
    for (let row = 0; row < data.rows; row++) {
      const sum = values.subarray(row * 6, row * 6 + 6).reduce((total, phi) => total + phi, expected[0]!);
      expect(Math.abs(sum - raw[row]!)).toBeLessThan(1e-9);
    }
  });

  test('adds up for every class', async () => {
    const label = data.label.map((y, i) => y + (i % 5 === 0 ? 1 : 0));
    const { model } = await train({ ...data, label }, { ...params, objective: 'multiclass', num_class: 3 });
    const { values, expected, classes } = await shapValues(model, few);
    const raw = await predictRaw(model, few);
    for (let cell = 0; cell < few.rows * classes; cell++) {
      const sum = values
        .subarray(cell * 6, cell * 6 + 6)
        .reduce((total, phi) => total + phi, expected[cell % 3]!);
      expect(sum).toBeCloseTo(raw[cell]!, 10);
    }
  });
});

describe('interaction values', () => {
  test('rows sum to the SHAP values and the matrix is symmetric', async () => {
    const { model } = await train(data, params);
    const plain = await shapValues(model, few);
    const { values } = await shapInteractions(model, few);
    for (let row = 0; row < few.rows; row++) {
      for (let i = 0; i < 6; i++) {
        const own = values.subarray(row * 36 + i * 6, row * 36 + i * 6 + 6);
        expect(own.reduce((sum, v) => sum + v, 0)).toBeCloseTo(plain.values[row * 6 + i]!, 10);
        for (let j = 0; j < 6; j++) expect(own[j]).toBeCloseTo(values[row * 36 + j * 6 + i]!, 10);
      }
    }
  });
});

describe('interventional SHAP', () => {
  const background = selectRows(
    data,
    Uint32Array.from({ length: 10 }, (_, i) => 300 + i),
  );

  test('is Shapley’s definition over mixtures of row and background', async () => {
    const { model } = await train(data, { ...params, num_iterations: 3 });
    const { values } = await shapValues(model, few, { background });
    const columns = modelColumns(model, few);
    const base = modelColumns(model, background);
    for (let row = 0; row < 4; row++) {
      const expected = new Float64Array(6);
      for (let b = 0; b < background.rows; b++) {
        const value = (known: number): number =>
          model.trees.reduce((sum, tree) => {
            let node = tree.numLeaves === 1 ? -1 : 0;
            while (node >= 0) {
              const f = tree.splitFeature[node]!;
              const x = (known >> f) & 1 ? columns[f]![row]! : base[f]![b]!;
              node = goesLeft(tree, node, x) ? tree.leftChild[node]! : tree.rightChild[node]!;
            }
            return sum + tree.leafValue[~node]!;
          }, 0);
        shapley(6, value).forEach((phi, f) => {
          expected[f]! += phi / background.rows;
        });
      }
      expected.forEach((phi, f) => {
        expect(values[row * 6 + f]).toBeCloseTo(phi, 10);
      });
    }
  });

  test('adds up to the probability in probability space', async () => {
    const { model } = await train(data, params);
    const { values, expected } = await shapValues(model, few, { background, space: 'probability' });
    const probabilities = await predict(model, few);
    for (let row = 0; row < few.rows; row++) {
      const sum = values.subarray(row * 6, row * 6 + 6).reduce((total, phi) => total + phi, expected[0]!);
      expect(sum).toBeCloseTo(probabilities[row]!, 10);
    }
  });
});

describe('what people read', () => {
  test('drivers are sorted and carry the row’s values', async () => {
    const { model } = await train(data, params);
    const shap = await shapValues(model, few);
    const explanation = explainRow(shap, few, 3);
    const sizes = explanation.contributions.map(({ contribution }) => Math.abs(contribution));
    expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
    expect(explanation.score).toBeCloseTo((await predictRaw(model, few))[3]!, 10);
    const up = topDrivers(shap, few, 3, 2, { direction: 'up' });
    expect(up.every(({ contribution }) => contribution > 0)).toBe(true);
  });

  test('importance ranks what the label depends on above noise', async () => {
    const { model } = await train(data, { ...params, num_iterations: 30 });
    const ranked = featureImportance(model, await shapValues(model, data)).map(({ feature }) => feature);
    expect(ranked[0]).toBe('a');
    expect(ranked.indexOf('skew')).toBeGreaterThan(2);
  });

  test('selection keeps the strong features and drops noise', async () => {
    const noise = {
      kind: 'numeric' as const,
      name: 'coin',
      values: Float64Array.from({ length: 1200 }, (_, i) => (i * 7919) % 2),
    };
    const { kept, dropped } = await selectByShap({ ...data, features: [...data.features, noise] }, params);
    expect(kept).toContain('a');
    expect(dropped.map(({ feature }) => feature)).toContain('coin');
  });
});
