import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';

/**
 * The example on real purchases, through the command line as a user types it. Single features rank next quarter's
 * silence with ROC AUC .66/.62/.64 (recency) and .67/.69/.71 (frequency) after 1997-09-30, 1997-12-31 and
 * 1998-03-31: a model must beat them, and one that beats them by a mile would leak.
 */
const example = join(import.meta.dirname, '../../../examples/cdnow');
const binary = join(import.meta.dirname, '../../../bin/churn.cjs');

function churn(...argv: string[]) {
  const ran = spawnSync(process.execPath, [binary, ...argv], {
    cwd: example,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  expect(ran.status, `churn ${argv.join(' ')}\n${ran.stderr}`).toBe(0);
  return ran.stdout;
}

interface Fold {
  readonly test: string;
  readonly roc_auc: number;
}

let folds: readonly Fold[];
let final: Fold;

beforeAll(() => {
  churn('build');
  churn('train');
  const evaluation = JSON.parse(churn('evaluate', '--json').split('\n')[0] as string);
  folds = evaluation.folds;
  final = evaluation.final_fold;
}, 300_000);

describe('the CDNOW example', () => {
  test('no column changes when history is rebuilt as it was known', () => {
    expect(JSON.parse(churn('audit', '--on-data', '--format', 'json')).summary).toMatchObject({ refuted: 0 });
  }, 300_000);

  test.each([
    ['1997-09-30', 0.67],
    ['1997-12-31', 0.69],
  ])('beats every single feature at %s', (time, best) => {
    expect(folds.find((fold) => fold.test === time)?.roc_auc).toBeGreaterThan(best);
  });

  test('beats every single feature in the final months', () => {
    expect(final.roc_auc).toBeGreaterThan(0.71);
  });

  test('is not too good to be true', () => {
    for (const fold of [...folds, final]) expect(fold.roc_auc).toBeLessThan(0.8);
  });
});
