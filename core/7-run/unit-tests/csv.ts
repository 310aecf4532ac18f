/**
 * The rows of a CSV text as cells, its header first: quoted fields with doubled quotes, commas and line breaks in them.
 * A field without quotes and without text is NULL, a quoted one is text.
 */
export function csvCells(text: string, delimiter = ','): (string | null)[][] {
  const apart = delimiter.replaceAll(/\W/g, '\\$&');
  const cell = new RegExp(
    `(?:[^\\S\\n]*"((?:[^"]|"")*)"[^\\S\\n]*|([^${apart}\\n]*))(${apart}|\\r?\\n|$)`,
    'g',
  );
  const rows: (string | null)[][] = [];
  let row: (string | null)[] = [];
  for (const [, quoted, plain = '', end] of text.trim().matchAll(cell)) {
    if (quoted !== undefined) row.push(quoted.replaceAll('""', '"'));
    else row.push(plain.trim() === '' ? null : plain.trim());
    if (end === delimiter) continue;
    if (row.some((cell) => cell !== null)) rows.push(row);
    row = [];
    if (end === '') break;
  }
  return rows;
}
