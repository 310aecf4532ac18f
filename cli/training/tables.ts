import type { EvaluationDocument, FoldRow } from '#ops';
import { count, table } from '../render/words.ts';
import { decimal, interval, months, percent } from '../report/figures.ts';

/** How good the model is on periods it never saw, in two lines. */
export function headline({ final, final_fold }: EvaluationDocument): string {
  const { averagePrecision, rocAuc, precisionAt10, positives, rows } = final.overall;
  return [
    `Final evaluation on ${months(final_fold.test)}, base rate ${percent(positives / rows)}:`,
    `  average precision ${interval(averagePrecision)}, ROC AUC ${decimal(rocAuc.value)}, precision in the top 10 % ${percent(precisionAt10.value)}`,
  ].join('\n');
}

/** The fold table, the final evaluation last. */
export function foldTable({ folds, final_fold }: EvaluationDocument): string {
  const cells = (row: FoldRow) => [
    row.name,
    months(row.train),
    months(row.test),
    count(row.train_rows),
    count(row.purged),
    count(row.test_rows),
    percent(row.positives / row.test_rows),
    decimal(row.average_precision),
    decimal(row.roc_auc),
    percent(row.precision_at_10),
    decimal(row.brier),
    String(row.best_iteration),
  ];
  return table(
    [
      'fold',
      'train',
      'test',
      'rows',
      'purged',
      'test rows',
      'base',
      'AP',
      'AUC',
      'top 10 %',
      'Brier',
      'trees',
    ],
    [...folds, final_fold].map(cells),
  );
}

/** Metrics of the final evaluation with intervals, whole and per cohort and tier. */
export function metricTable({ final }: EvaluationDocument): string {
  const groups = [{ group: '', value: 'all', metrics: final.overall }, ...final.groups];
  return table(
    ['group', 'rows', 'base', 'average precision', 'ROC AUC', 'precision top 10 %', 'Brier', 'lead time'],
    groups.map(({ group, value, metrics }) => [
      group === '' ? value : `${group}: ${value}`,
      count(metrics.rows),
      percent(metrics.positives / metrics.rows),
      interval(metrics.averagePrecision),
      interval(metrics.rocAuc),
      interval(metrics.precisionAt10),
      interval(metrics.brier),
      metrics.leadTimeDays === undefined ? '—' : `${decimal(metrics.leadTimeDays.value, 0)} days`,
    ]),
  );
}
