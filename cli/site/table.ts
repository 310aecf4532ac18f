import { type Html, html } from './html.ts';

export interface Column<Row> {
  readonly title: string;
  readonly cell: (row: Row) => Html | string;
  readonly numeric?: boolean;
}

/** Rows as an HTML table; numeric columns stand right. */
export function htmlTable<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): Html {
  const kind = (numeric: boolean | undefined) => (numeric ? 'n' : '');
  return html`<table>
<thead><tr>${columns.map(({ title, numeric }) => html`<th class="${kind(numeric)}">${title}</th>`)}</tr></thead>
<tbody>${rows.map(
    (row) =>
      html`<tr>${columns.map(({ cell, numeric }) => html`<td class="${kind(numeric)}">${cell(row)}</td>`)}</tr>`,
  )}</tbody>
</table>`;
}
