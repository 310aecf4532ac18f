import { type Html, html, raw } from '../../site/html.ts';
import { htmlTable } from '../../site/table.ts';
import { decimal } from '../figures.ts';
import type { ReportData } from '../report-data.ts';

const shown = 12;

/** What the model looks at, over all customers. */
export function driversSection({ plots, importance, actionOf }: ReportData): Html {
  const top = importance.slice(0, shown);
  const most = top[0]?.meanAbsShap ?? 1;
  return html`<h2 id="drivers">What drives churn?</h2>
<p class="soft">SHAP values: how far each feature moved each customer's score from the average, in log-odds. Exact, and adding up to the score.</p>
${plots.beeswarm === undefined ? undefined : html`<div class="panel">${raw(plots.beeswarm)}</div>`}
<div class="grid" style="margin-bottom:16px">${[1, 2, 3, 4].flatMap((i) => {
    const svg = plots[`dependence${i}`];
    return svg === undefined ? [] : [html`<div class="panel">${raw(svg)}</div>`];
  })}</div>
<div class="panel">${htmlTable(
    [
      { title: 'Feature', cell: (row) => html`<code>${row.feature}</code>` },
      {
        title: 'Mean |SHAP|',
        cell: (row) =>
          html`<span class="bar" style="width:${Math.max(1, Math.round((160 * row.meanAbsShap) / most))}px"></span> ${decimal(row.meanAbsShap)}`,
      },
      { title: 'Splits', cell: (row) => String(row.splits), numeric: true },
      { title: 'Declared action', cell: (row) => actionOf.get(row.feature) ?? '' },
    ],
    top,
  )}</div>`;
}
