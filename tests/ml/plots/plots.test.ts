import { describe, expect, test } from 'vitest';
import * as ml from '../../../ml/index.ts';
import { syntheticData } from '../data.ts';

const data = syntheticData(400);
const { model } = await ml.train(data, { num_iterations: 10, num_leaves: 8 });
const shap = await ml.shapValues(model, data);
const scores = await ml.predict(model, data);
const explanation = ml.explainRow(shap, data, 5, { title: 'customer <5> & co' });
const importance = ml
  .featureImportance(model, shap)
  .map(({ feature, meanAbsShap }) => ({ feature, value: meanAbsShap }));
const curve = { name: 'model', points: ml.precisionRecallCurve(data.label, scores) };
const roc = { name: 'model', points: ml.rocCurve(data.label, scores) };
const gain = { name: 'model', points: ml.gainCurve(data.label, scores) };
const lift = { name: 'model', points: ml.liftCurve(data.label, scores) };
const bins = ml.calibrationCurve(data.label, scores);
const folds = [
  { name: 'fold 1', value: 0.5, low: 0.4, high: 0.6 },
  { name: 'fold 2', value: 0.55, low: 0.5, high: 0.62 },
];

/** Every tag is closed in order: enough to know that a string is well-formed markup. */
function isWellFormed(markup: string): boolean {
  const open: string[] = [];
  for (const [, close, name, self] of markup.matchAll(/<(\/?)([a-z]+)[^<>]*?(\/?)>/g)) {
    if (close === '/') {
      if (open.pop() !== name) return false;
    } else if (self !== '/') open.push(name!);
  }
  return open.length === 0 && !/<(?![a-z/])|NaN|undefined|Infinity/.test(markup);
}

const pictures: Readonly<Record<string, string>> = {
  beeswarm: ml.beeswarmSvg(shap, data),
  importance: ml.importanceSvg(importance),
  waterfall: ml.waterfallSvg(explanation),
  force: ml.forceSvg(explanation),
  dependence: ml.dependenceSvg(shap, data, 'gap', { colorBy: 'a' }),
  'dependence of a category': ml.dependenceSvg(shap, data, 'plan'),
  'precision and recall': ml.precisionRecallSvg([curve], { baseRate: 0.4 }),
  roc: ml.rocSvg([roc, { ...roc, name: 'other' }]),
  gain: ml.gainSvg([gain]),
  lift: ml.liftSvg([lift]),
  calibration: ml.calibrationSvg([{ name: 'model', bins }]),
  folds: ml.foldStabilitySvg(folds),
};

describe('SVG plots', () => {
  test.each(Object.entries(pictures))('%s is one well-formed picture with a title', (_, markup) => {
    expect(markup).toMatch(/^<svg [^>]*role="img"[^>]*><title>[^<]+<\/title>/);
    expect(isWellFormed(markup)).toBe(true);
    expect(markup).not.toMatch(/<script|href/);
  });

  test('the same data gives the same bytes', () => {
    expect(ml.beeswarmSvg(shap, data)).toBe(pictures.beeswarm);
  });

  test('text from the data is escaped', () => {
    expect(pictures.waterfall).toContain('customer &#60;5&#62; &#38; co');
  });

  test('a beeswarm has a dot per row and feature, and a key with one per colour', () => {
    expect(pictures.beeswarm!.match(/<circle/g)!.length).toBe(400 * 6 + 5);
    for (const word of ['low value', 'high value', 'missing', 'category', 'lowers the score']) {
      expect(pictures.beeswarm).toContain(word);
    }
  });

  test('lines of comparison say what they stand for', () => {
    expect(pictures['precision and recall']).toContain('everybody contacted: 0.4');
    expect(pictures.roc).toContain('by chance');
    expect(pictures.calibration).toContain('as predicted');
    expect(pictures.folds).toContain('mean 0.525');
  });

  test('missing values stand apart, by name', () => {
    expect(pictures.dependence).toContain('missing');
    expect(ml.dependenceSvg(shap, data, 'a')).not.toContain('missing');
  });

  test('waterfall bars span from expected to score', () => {
    const widths = [...pictures.waterfall!.matchAll(/<rect x="([\d.]+)" y="[\d.]+" width="([\d.]+)"/g)];
    expect(widths.length).toBe(explanation.contributions.length);
  });

  test('an unknown feature is refused', () => {
    expect(() => ml.dependenceText(shap, data, 'nope')).toThrow(expect.objectContaining({ code: 'CH808' }));
    expect(() => ml.dependenceSvg(shap, data, 'nope')).toThrow(expect.objectContaining({ code: 'CH808' }));
  });
});

describe('text plots', () => {
  const texts: Readonly<Record<string, string>> = {
    beeswarm: ml.beeswarmText(shap, data, { width: 72 }),
    importance: ml.importanceText(importance, { width: 72 }),
    waterfall: ml.waterfallText(explanation, { width: 72 }),
    curve: ml.curveText(roc, { width: 40 }),
    calibration: ml.calibrationText(bins, { width: 72 }),
    folds: ml.foldStabilityText(folds, { width: 72 }),
    dependence: ml.dependenceText(shap, data, 'gap', { width: 72 }),
    'dependence of a category': ml.dependenceText(shap, data, 'plan', { width: 72 }),
    force: ml.forceLine(explanation, 60),
  };

  test.each(Object.entries(texts))('%s fits its width', (_, text) => {
    for (const line of text.split('\n')) expect([...line].length).toBeLessThanOrEqual(80);
    expect(text).not.toMatch(/NaN|undefined/);
  });

  test('bars are as long as their values', () => {
    const lines = ml
      .importanceText(
        [
          { feature: 'x', value: 4 },
          { feature: 'y', value: 1 },
        ],
        { width: 54 },
      )
      .split('\n');
    const length = (line: string): number => line.match(/█*/g)!.join('').length;
    expect(length(lines[0]!)).toBe(40);
    expect(length(lines[1]!)).toBe(10);
  });

  test('dependence has a column of its own for missing values, a line per category', () => {
    const [title, ...lines] = texts.dependence!.split('\n');
    expect(title).toBe('How gap moves the score');
    expect(lines.some((line) => /^ {9}none /.test(line))).toBe(true);
    expect(ml.dependenceText(shap, data, 'a')).not.toContain('none');
    const categories = texts['dependence of a category']!.split('\n').slice(1, -1);
    expect(categories.map((line) => line.split(' ')[0]).sort()).toEqual(
      ['basic', 'enterprise', 'free', 'legacy', 'missing', 'pro', 'team'].sort(),
    );
    const rows = categories.map((line) => Number(/(\d+) rows$/.exec(line)?.[1]));
    expect(rows.reduce((sum, count) => sum + count, 0)).toBe(400);
  });

  test('a rising feature goes from the lower left to the upper right', () => {
    const rising = {
      ...shap,
      values: shap.values.map((_, at) =>
        at % 6 === 0
          ? data.features[0]!.kind === 'numeric'
            ? data.features[0]!.values[Math.floor(at / 6)]!
            : 0
          : 0,
      ),
    };
    const lines = ml.dependenceText(rising, data, 'a').split('\n').slice(1, 15);
    const first = lines.map((line) => line.slice(9).search(/[^\u2800\s]/)).filter((at) => at >= 0);
    expect(first.length).toBeGreaterThan(10);
    expect(first).toEqual([...first].sort((a, b) => b - a));
  });

  test('forces name what pushes up and down', () => {
    const text = ml.forceText(explanation);
    const up = explanation.contributions.find(({ contribution }) => contribution > 0)!;
    expect(text.split('\n').find((line) => line.startsWith('up:'))).toContain(up.feature);
  });
});
