import { html } from '../site/html.ts';
import { pageText } from '../site/page.ts';
import type { ReportData } from './report-data.ts';
import { customersSection } from './sections/customers.ts';
import { driversSection } from './sections/drivers.ts';
import { lineageSection } from './sections/lineage.ts';
import { overviewSection } from './sections/overview.ts';
import { runSection } from './sections/run.ts';
import { trustSection } from './sections/trust.ts';
import { validationSection } from './sections/validation.ts';

/** The report as one HTML file that needs nothing else: no script, no font, no image from outside. */
export function reportPage(data: ReportData): string {
  return pageText({
    title: `${data.project}: churn report`,
    header: html`<h1>Churn report</h1>
<p class="lead">${data.project} · model of <code>${data.run.model}</code> · run <code>${data.run.id}</code> · ${data.generatedAt}</p>
<nav><a href="#validation">Prediction</a><a href="#drivers">Drivers</a><a href="#customers">Customers</a><a href="#trust">Trust</a><a href="#lineage">Lineage</a><a href="#run">Run</a></nav>`,
    body: html`${overviewSection(data)}
${validationSection(data)}
${driversSection(data)}
${customersSection(data)}
${trustSection(data)}
${lineageSection(data)}
${runSection(data)}`,
    footer: html`Written by churn ${data.version}. Values of SHAP are in log-odds; probabilities are calibrated on out-of-time scores.`,
  });
}
