import { type Html, html } from '../../site/html.ts';
import { lineageSvg } from '../../site/lineage.ts';
import type { ReportData } from '../report-data.ts';

/** From raw files to the gold table. */
export function lineageSection({ lineage, run }: ReportData): Html {
  return html`<h2 id="lineage">Where does it come from?</h2>
<p class="soft">Everything that <code>${run.model}</code> is made of, from raw files on the left.</p>
<div class="panel">${lineageSvg(lineage)}</div>`;
}
