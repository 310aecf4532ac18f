import { type Html, html, raw } from '../../site/html.ts';
import { htmlTable } from '../../site/table.ts';
import { percent, whole } from '../figures.ts';
import type { ReportCustomer, ReportData } from '../report-data.ts';

/** Who is at risk now, why, and what to do about it. */
export function customersSection(data: ReportData): Html {
  const most = Math.max(1, ...data.actions.map(({ customers }) => customers));
  return html`<h2 id="customers">Who needs attention?</h2>
<p class="soft">${whole(data.scoredRows)} customers scored at ${data.scoredAt}${
    data.aboveThreshold === undefined
      ? ''
      : `; ${whole(data.aboveThreshold)} are worth an intervention at its cost`
  }.</p>
${
  data.actions.length === 0
    ? undefined
    : html`<div class="panel"><h3>Suggested actions</h3>${htmlTable(
        [
          { title: 'Action', cell: (row) => row.action },
          {
            title: 'Customers',
            cell: (row) =>
              html`<span class="bar" style="width:${Math.max(1, Math.round((260 * row.customers) / most))}px"></span> ${whole(row.customers)}`,
          },
        ],
        data.actions,
      )}</div>`
}
${data.customers.map(card)}`;
}

function card(customer: ReportCustomer): Html {
  const others = [...new Set(customer.drivers.flatMap(({ action }) => action ?? []))].filter(
    (action) => action !== customer.action,
  );
  return html`<div class="panel">
<h3>Customer ${customer.entity} <span class="tag bad">${percent(customer.probability, 0)} risk</span>
${customer.groups.map((group) => html`<span class="tag plain">${group}</span> `)}</h3>
${
  customer.action === undefined
    ? html`<p class="soft">No declared action fits the drivers.</p>`
    : html`<div class="action"><b>${customer.action}</b>${customer.actionDescription === undefined ? '' : ` — ${customer.actionDescription}`}</div>`
}
${raw(customer.waterfall)}
${raw(customer.force)}
${others.length === 0 ? undefined : html`<p class="soft">Also: ${others.join(', ')}.</p>`}
</div>`;
}
