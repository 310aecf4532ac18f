import { type Html, html } from './html.ts';

export interface Column<Row> {
  readonly title: string;
  readonly cell: (row: Row) => Html | string;
  readonly numeric?: boolean;
  /** Short words that must not be broken. */
  readonly whole?: boolean;
}

/** Rows as an HTML table; numeric columns stand right. */
export function htmlTable<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): Html {
  const kind = ({ numeric, whole }: Column<Row>) => (numeric ? 'n' : whole ? 'k' : '');
  return html`<table>
<thead><tr>${columns.map((column) => html`<th class="${kind(column)}">${column.title}</th>`)}</tr></thead>
<tbody>${rows.map(
    (row) =>
      html`<tr>${columns.map((column) => html`<td class="${kind(column)}">${column.cell(row)}</td>`)}</tr>`,
  )}</tbody>
</table>`;
}
