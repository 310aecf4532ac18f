import { type Html, html } from '../../site/html.ts';
import { htmlTable } from '../../site/table.ts';
import { whole } from '../figures.ts';
import type { ReportData } from '../report-data.ts';

/** What it takes to get the same model again. */
export function runSection({ run }: ReportData): Html {
  const rows: readonly (readonly [string, string])[] = [
    ['Run', run.id],
    ['Gold model', run.model],
    ['Rows', whole(run.data.rows)],
    ['Data fingerprint', run.data.hash],
    ['Features', String(run.features.length)],
    ...Object.entries(run.parameters).map(([name, value]) => [name, text(value)] as const),
  ];
  return html`<h2 id="run">How was it made?</h2>
<div class="panel"><details><summary>Run ${run.id}: data, features and parameters</summary>
${htmlTable(
  [
    { title: 'What', cell: ([name]) => name },
    { title: 'Value', cell: ([, value]) => html`<code>${value}</code>` },
  ],
  rows,
)}
<p><code>${run.features.join(', ')}</code></p></details></div>`;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
