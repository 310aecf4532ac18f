import type { GroupMetrics } from '#ml';
import type { FoldRow } from '#ops';
import { type Html, html, raw } from '../../site/html.ts';
import { htmlTable } from '../../site/table.ts';
import { decimal, interval, months, percent, whole } from '../figures.ts';
import type { ReportData } from '../report-data.ts';

/** Folds over time, curves of the final evaluation, and the groups it holds for. */
export function validationSection(data: ReportData): Html {
  const { evaluation, plots } = data;
  return html`<h2 id="validation">How well does it predict?</h2>
<p class="soft">Purged expanding window: each fold learns from the past and is tested on the month after; a row trains only once its
label was known.</p>
${plot(plots.folds)}
<div class="panel">${foldTable([...evaluation.folds, evaluation.final_fold])}</div>
<h3>The final periods</h3>
<div class="grid">${[plots.pr, plots.roc, plots.gain, plots.lift, plots.calibration].map(plot)}</div>
${evaluation.final.groups.length === 0 ? undefined : groupPanels(evaluation.final.groups)}`;
}

function plot(svg: string | undefined): Html | undefined {
  return svg === undefined ? undefined : html`<div class="panel">${raw(svg)}</div>`;
}

function foldTable(rows: readonly FoldRow[]): Html {
  return htmlTable(
    [
      { title: 'Fold', cell: (row) => row.name, whole: true },
      { title: 'Trained on', cell: (row) => months(row.train), whole: true },
      { title: 'Tested on', cell: (row) => months(row.test), whole: true },
      { title: 'Rows', cell: (row) => whole(row.train_rows), numeric: true },
      { title: 'Purged', cell: (row) => whole(row.purged), numeric: true },
      { title: 'Test rows', cell: (row) => whole(row.test_rows), numeric: true },
      { title: 'Base rate', cell: (row) => percent(row.positives / row.test_rows), numeric: true },
      {
        title: 'Avg. precision',
        cell: (row) => html`<b>${decimal(row.average_precision)}</b>`,
        numeric: true,
      },
      { title: 'ROC AUC', cell: (row) => decimal(row.roc_auc), numeric: true },
      { title: 'Top 10\u00a0%', cell: (row) => percent(row.precision_at_10), numeric: true },
      { title: 'Brier', cell: (row) => decimal(row.brier), numeric: true },
      { title: 'Trees', cell: (row) => whole(row.best_iteration), numeric: true },
    ],
    rows,
  );
}

function groupPanels(groups: readonly GroupMetrics[]): Html {
  const names = [...new Set(groups.map(({ group }) => group))];
  return html`<h3 style="margin-top:24px">By ${names.join(' and ')}</h3>
<div class="grid">${names.map(
    (name) =>
      html`<div class="panel">${htmlTable(
        [
          { title: name, cell: (row) => row.value, whole: true },
          { title: 'Rows', cell: (row) => whole(row.metrics.rows), numeric: true },
          {
            title: 'Base rate',
            cell: (row) => percent(row.metrics.positives / row.metrics.rows),
            numeric: true,
          },
          {
            title: 'Avg. precision',
            cell: (row) => interval(row.metrics.averagePrecision),
            numeric: true,
          },
          { title: 'ROC AUC', cell: (row) => decimal(row.metrics.rocAuc.value), numeric: true },
          {
            title: 'Top 10\u00a0%',
            cell: (row) => percent(row.metrics.precisionAt10.value, 0),
            numeric: true,
          },
        ],
        groups.filter(({ group }) => group === name),
      )}</div>`,
  )}</div>`;
}
