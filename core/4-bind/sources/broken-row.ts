/** A row of a CSV text that does not fit its header. */
export interface BrokenRow {
  /** UTF-16 offsets of the row in the text. */
  readonly start: number;
  readonly end: number;
  /** What is wrong, as the rest of a sentence about the file. */
  readonly problem: string;
}

/**
 * The first row whose number of fields is not the header's, or whose quote is never closed. DuckDB's sniffer says only
 * that it found no dialect; people need the line.
 *
 * @example firstBrokenRow('a,b\n1,2,3\n', ',') // { problem: 'line 2 has 3 fields where the header has 2', ... }
 */
export function firstBrokenRow(text: string, delimiter: string): BrokenRow | undefined {
  let expected: number | undefined;
  let line = 1;
  for (let at = 0; at < text.length; ) {
    const row = readRow(text, at, delimiter);
    const place = { start: at, end: row.end };
    if (row.open) return { ...place, problem: `the quote opened on line ${line} is never closed` };
    if (row.end > at) {
      expected ??= row.fields;
      if (row.fields !== expected) {
        const fields = row.fields === 1 ? '1 field' : `${row.fields} fields`;
        return { ...place, problem: `line ${line} has ${fields} where the header has ${expected}` };
      }
    }
    line += row.lines;
    at = row.next;
  }
  return undefined;
}

function readRow(text: string, start: number, delimiter: string) {
  let fields = 1;
  let lines = 1;
  let isQuoted = false;
  let atFieldStart = true;
  let at = start;
  for (; at < text.length; at++) {
    const char = text[at];
    if (isQuoted) {
      if (char === '\n') lines++;
      else if (char === '"' && text[at + 1] === '"') at++;
      else if (char === '"') isQuoted = false;
    } else if (char === '"' && atFieldStart) isQuoted = true;
    else if (char === '\n') break;
    else if (text.startsWith(delimiter, at)) {
      fields++;
      at += delimiter.length - 1;
      atFieldStart = true;
      continue;
    }
    atFieldStart = false;
  }
  const end = text[at - 1] === '\r' ? at - 1 : at;
  return { fields, lines, end, next: at + 1, open: isQuoted };
}
