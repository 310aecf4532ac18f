import type { AuditResult, JsonValue, WitnessReport } from '../report.ts';

/** What tells when the rows of a source, and its cells, are known: column names, by source. */
export type Clocks = ReadonlyMap<
  string,
  { readonly row?: string; readonly cells: ReadonlyMap<string, string> }
>;

/** Rows that show the leak as small tables, the late ones marked, and the two values. */
export function witnessText(
  { column }: AuditResult,
  witness: WitnessReport,
  clocks: Clocks,
  mentioned: (column: string) => boolean,
): string[] {
  const p = witness.prediction_time;
  const lines = ['Rows that show it', ''];
  for (const [source, rows] of Object.entries(witness.rows)) {
    const clock = clocks.get(source);
    const names = Object.keys(rows[0] ?? {}).filter(
      (name) => mentioned(name) || name === clock?.row || [...(clock?.cells.values() ?? [])].includes(name),
    );
    const late = rows.map((row) => lateText(row, names, p, clock));
    const table = [names, ...rows.map((row) => names.map((name) => shown(row[name] ?? null)))];
    const widths = names.map((_, at) => Math.max(...table.map((cells) => cells[at]?.length ?? 0)));
    const line = (cells: readonly string[]) =>
      cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join('  ');
    lines.push(`  ${source}`);
    for (const [index, cells] of table.entries()) {
      const note = index === 0 ? '' : (late[index - 1] ?? '');
      lines.push(`    ${line(cells)}${note === '' ? '' : `  <- ${note}`}`.trimEnd());
    }
    lines.push('');
  }
  lines.push(
    `At prediction_time ${p} the model was run twice:`,
    `  with everything                   ${column} = ${shown(witness.with)}`,
    `  with only what was known by then  ${column} = ${shown(witness.without)}`,
    '',
  );
  return lines;
}

/** When the row, or a cell of it, becomes known, if that is after the prediction time. */
function lateText(
  row: Readonly<Record<string, JsonValue>>,
  names: readonly string[],
  p: string,
  clock: { readonly row?: string; readonly cells: ReadonlyMap<string, string> } | undefined,
): string {
  const after = (name: string | undefined): string | undefined => {
    if (name === undefined || !(name in row)) return undefined;
    const at = row[name];
    if (at === null) return 'never known';
    return typeof at === 'string' && at > p ? `known only from ${at} on` : undefined;
  };
  const whole = after(clock?.row);
  if (whole !== undefined) return whole;
  const cells = [...(clock?.cells ?? [])].flatMap(([cell, by]) => {
    const when = row[cell] === null || !names.includes(cell) ? undefined : after(by);
    return when === undefined ? [] : [`${cell} ${when}`];
  });
  return cells.join(', ');
}

function shown(value: JsonValue): string {
  if (value === null) return 'NULL';
  if (value === true) return 'true';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
