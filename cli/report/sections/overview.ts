import { type Html, html } from '../../site/html.ts';
import { decimal, interval, months, percent, whole } from '../figures.ts';
import type { ReportData } from '../report-data.ts';

/** The few numbers that say whether the rest is worth reading. */
export function overviewSection(data: ReportData): Html {
  const { overall } = data.evaluation.final;
  const base = overall.positives / overall.rows;
  const { decision } = data.evaluation;
  return html`<div class="tiles">
${tile('Avg. precision', decimal(overall.averagePrecision.value), `${decimal(base)} by chance`)}
${tile('ROC AUC', decimal(overall.rocAuc.value), intervalNote(overall.rocAuc))}
${tile('Prec., top\u00a010\u00a0%', percent(overall.precisionAt10.value), `base rate ${percent(base)}`)}
${tile('Lift, top\u00a010\u00a0%', `${decimal(overall.liftAt10.value, 1)}×`, intervalNote(overall.liftAt10, 1))}
${tile('Brier score', decimal(overall.brier.value), `${decimal(base * (1 - base))} if constant`)}
${overall.leadTimeDays === undefined ? undefined : tile('Lead time', `${decimal(overall.leadTimeDays.value, 0)} days`, 'median, top 10 %')}
${decision === undefined ? undefined : tile('Net value', whole(decision.net_value), `contacting ${percent(decision.contacted)}`)}
</div>
<p>Measured on ${whole(overall.rows)} rows of ${months(data.evaluation.final_fold.test)} that the model never saw, trained on
${whole(data.evaluation.final_fold.train_rows)} rows of ${months(data.evaluation.final_fold.train)}; ${whole(data.evaluation.final_fold.purged)} rows
were purged because their label was not yet known when the test began.
Average precision ${interval(overall.averagePrecision)}, 95 % bootstrap interval.</p>`;
}

function tile(name: string, value: string, note: string): Html {
  return html`<div class="tile"><div class="name">${name}</div><div class="value">${value}</div><div class="note">${note}</div></div>`;
}

function intervalNote({ low, high }: { readonly low: number; readonly high: number }, digits = 3): string {
  return `${decimal(low, digits)} to ${decimal(high, digits)}`;
}
