import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Model, selectFeatures, type TrainParams, train } from '../../../ml/index.ts';
import { predictRawSync } from '../../../ml/predicting/predict.ts';
import { classicShap } from '../../../ml/shap/shap-values.ts';
import { featureCodes } from '../../../ml/tables/codes.ts';
import { leafMasks } from '../../../ml/tables/leaf-masks.ts';
import { cutTree } from '../../../ml/tables/subtrees.ts';
import { tablePredict } from '../../../ml/tables/table-predict.ts';
import { tableShap } from '../../../ml/tables/table-shap.ts';
import { syntheticData } from '../data.ts';

const data = syntheticData(2500, 8);
const few = syntheticData(150, 12);
const worst = (a: Float64Array, b: Float64Array): number =>
  a.reduce((most, x, i) => Math.max(most, Math.abs(x - b[i]!)), 0);

const cases: readonly (readonly [string, TrainParams])[] = [
  ['default trees', {}],
  ['deep trees', { num_leaves: 60, min_data_in_leaf: 3 }],
  ['zero as missing', { zero_as_missing: true }],
  ['no missing values', { use_missing: false }],
  ['regression', { objective: 'regression' }],
  ['three classes', { objective: 'multiclass', num_class: 3 }],
];

async function modelFor(params: TrainParams): Promise<Model> {
  const label =
    params.objective === 'multiclass' ? data.label.map((y, i) => y + (i % 7 === 0 ? 1 : 0)) : data.label;
  const common = { num_iterations: 12, min_data_per_group: 5, cat_smooth: 1 };
  return (await train({ ...data, label }, { ...common, ...params })).model;
}

describe('pattern tables', () => {
  test.each(cases)('explain as the classic algorithm: %s', async (_, params) => {
    const model = await modelFor(params);
    const fast = await tableShap(model, few, {});
    const classic = classicShap(model, few);
    expect(fast).not.toBeNull();
    expect(worst(fast!.values, classic.values)).toBeLessThan(1e-12);
    expect(worst(fast!.expected, classic.expected)).toBeLessThan(1e-12);
  });

  test.each(cases)('score as a walk through the trees: %s', async (_, params) => {
    const model = await modelFor(params);
    const fast = await tablePredict(model, data, {});
    expect(fast).not.toBeNull();
    expect(worst(fast!, predictRawSync(model, data))).toBeLessThan(1e-12);
  });

  test.each([2, 8, 9, 17, 32, 33])('score trees of up to %i leaves', async (num_leaves) => {
    const model = await modelFor({ num_leaves, min_data_in_leaf: 2, num_iterations: 20 });
    expect(Math.max(...model.trees.map(({ numLeaves }) => numLeaves))).toBe(num_leaves);
    const fast = await tablePredict(model, data, {});
    expect(worst(fast!, predictRawSync(model, data))).toBeLessThan(1e-12);
  });

  test('the lowest leaf that no failed decision takes away is the one a walk ends in', async () => {
    const { trees } = await modelFor({ num_leaves: 32, min_data_in_leaf: 3 });
    fc.assert(
      fc.property(fc.constantFrom(...trees), fc.infiniteStream(fc.boolean()), (tree, coins) => {
        const passes = Array.from({ length: tree.numLeaves - 1 }, () => coins.next().value as boolean);
        const planes = [255, 255, 255, 255];
        const { masks, values } = leafMasks(tree);
        for (const mask of masks) {
          if (!passes[mask.node]) for (const { plane, stay } of mask.planes) planes[plane]! &= stay;
        }
        const plane = planes.findIndex((bits) => bits !== 0);
        const leaf = plane * 8 + Math.log2(planes[plane]! & -planes[plane]!);
        let node = 0;
        while (node >= 0) node = passes[node] ? tree.leftChild[node]! : tree.rightChild[node]!;
        expect(values[leaf]).toBe(tree.leafValue[~node]);
      }),
    );
  });

  test('use the first iterations only, when asked', async () => {
    const model = await modelFor({});
    const fast = await tablePredict(model, data, { iterations: 4 });
    expect(worst(fast!, predictRawSync(model, data, { iterations: 4 }))).toBeLessThan(1e-12);
  });

  test('leave single rows and what does not fit in a byte to the row-by-row algorithms', async () => {
    const model = await modelFor({});
    expect(await tableShap(model, syntheticData(3), {})).toBeNull();
    const numeric = selectFeatures(data, ['a', 'b']);
    const [tree] = (await train(numeric, { num_iterations: 1, num_leaves: 4 })).model.trees;
    const fine = Array.from({ length: 300 }, (_, i) => ({
      ...tree!,
      threshold: tree!.threshold.map((t) => t + i / 1000),
    }));
    expect(featureCodes(fine.slice(0, 50), 2)).not.toBeNull();
    expect(featureCodes(fine, 2)).toBeNull();
  });

  test('every leaf of a tree is in exactly one subtree', async () => {
    const { trees } = await modelFor({ num_leaves: 60, min_data_in_leaf: 3 });
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 9 }), fc.constantFrom(...trees), (bits, tree) => {
        const cut = cutTree(tree, bits, (path) => (path.length > 0 ? 1 : 0));
        const leaves = cut.flatMap((subtree) => subtree.leaves.map(({ leaf }) => leaf)).sort((a, b) => a - b);
        expect(leaves).toEqual(Array.from({ length: tree.numLeaves }, (_, leaf) => leaf));
        for (const { nodes } of cut) expect(nodes.length).toBeLessThanOrEqual(bits);
      }),
    );
  });
});
