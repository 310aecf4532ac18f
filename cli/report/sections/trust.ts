import { duration } from '../../render/words.ts';
import { type Html, html } from '../../site/html.ts';
import { htmlTable } from '../../site/table.ts';
import { whole } from '../figures.ts';
import type { ReportAudit, ReportBuild, ReportData } from '../report-data.ts';

/** Could a feature have known its future, and did the tables pass their tests? */
export function trustSection({ audit, build }: ReportData): Html {
  return html`<h2 id="trust">Can it be trusted?</h2>
<p class="soft">No feature may know more than was known at its prediction time, and no table is published before its tests pass.</p>
<div class="grid">
<div class="panel"><h3>Leakage audit</h3>${audit === undefined ? missing('churn audit') : auditPanel(audit)}</div>
<div class="panel"><h3>Last build</h3>${build === undefined ? missing('churn build') : buildPanel(build)}</div>
</div>`;
}

function auditPanel(audit: ReportAudit): Html {
  return html`<p>${audit.summary.map(({ name, value, tone }) => html`<span class="tag ${tone}">${whole(value)} ${name}</span> `)}</p>
<p class="soft">${audit.method}</p>
${
  audit.findings.length === 0
    ? undefined
    : htmlTable(
        [
          { title: 'What', cell: (row) => row.what },
          { title: 'Verdict', cell: (row) => row.verdict },
          { title: 'Why', cell: (row) => row.reason },
        ],
        audit.findings,
      )
}`;
}

function buildPanel(build: ReportBuild): Html {
  const slowest = [...build.nodes].sort((a, b) => b.seconds - a.seconds).slice(0, 5);
  return html`<p><span class="tag good">${whole(build.pass)} passed</span>
${build.warn > 0 ? html`<span class="tag warn">${whole(build.warn)} warned</span>` : undefined}
${build.fail > 0 ? html`<span class="tag bad">${whole(build.fail)} failed</span>` : undefined}
${build.skip > 0 ? html`<span class="tag plain">${whole(build.skip)} skipped</span>` : undefined}
<span class="soft">in ${duration(build.seconds)}</span></p>
${htmlTable(
  [
    { title: 'Slowest', cell: (row) => html`<code>${row.name}</code>` },
    { title: 'Kind', cell: (row) => row.kind },
    { title: 'Rows', cell: (row) => (row.rows === undefined ? '' : whole(row.rows)), numeric: true },
    { title: 'Time', cell: (row) => duration(row.seconds), numeric: true },
  ],
  slowest,
)}`;
}

function missing(command: string): Html {
  return html`<p class="soft">Not run yet: <code>${command}</code>.</p>`;
}
