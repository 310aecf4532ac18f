import type { BoundColumn } from '../../../4-bind/index.ts';
import { identifier, literal } from '../duckdb/quote.ts';

/**
 * How rows of another engine travel to DuckDB: a line a row, a tab between values, every value as text, NULL as `\N`. Half
 * the size of JSON objects, a quarter of JSON objects within Livy's JSON. A backslash, tab, line feed and carriage return
 * within a text are a backslash and a digit, so that undoing them one after the other is safe. A row of one value gets a second:
 * an empty line would be no row.
 */
const escapes: readonly (readonly [character: string, code: string])[] = [
  ['\\', '\\1'],
  ['\t', '\\2'],
  ['\n', '\\3'],
  ['\r', '\\4'],
];

export const packedNull = '\\N';

/** One row, without the line's end. */
export function packRow(values: readonly (string | null)[]): string {
  const cells = values.map((value) => (value === null ? packedNull : packText(value)));
  return (cells.length === 1 ? [...cells, packedNull] : cells).join('\t');
}

function packText(text: string): string {
  return /[\\\t\n\r]/.test(text)
    ? text.replace(/[\\\t\n\r]/g, (found) => escapes.find(([character]) => character === found)?.[1] ?? '')
    : text;
}

/**
 * An expression of the other engine that packs a text.
 *
 * @param quote writes a text literal of that engine
 */
export function packExpression(value: string, quote: (text: string) => string): string {
  return escapes.reduce(
    (packed, [character, code]) => `replace(${packed}, ${quote(character)}, ${quote(code)})`,
    value,
  );
}

/** DuckDB's own limit of a line. */
const usualLine = 2_000_000;

/** The longest of some lines, in UTF-16 units. */
export function longestLine(lines: string): number {
  let longest = 0;
  for (let start = 0; start < lines.length; ) {
    const end = lines.indexOf('\n', start);
    const stop = end === -1 ? lines.length : end;
    longest = Math.max(longest, stop - start);
    start = stop + 1;
  }
  return longest;
}

/**
 * A query of DuckDB that reads a file of packed rows, each column in its type.
 *
 * @param longest of its lines, in UTF-16 units: DuckDB sets aside many times the length that a line may have
 */
export function unpackQuery(file: string, columns: readonly BoundColumn[], longest: number): string {
  const texts = Array.from({ length: Math.max(2, columns.length) }, (_, index) => `c${index}: 'VARCHAR'`);
  const list = columns.map(({ name, type }, index) => {
    const value = isText(type) ? unpacked(`c${index}`) : `c${index}`;
    return `cast(${value} as ${type}) as ${identifier(name)}`;
  });
  const options = [
    "delim = '\\t'",
    "quote = ''",
    "escape = ''",
    "new_line = '\\n'",
    `nullstr = ${literal(packedNull)}`,
    'header = false',
    'auto_detect = false',
    // A unit is three bytes of UTF-8 at most.
    `max_line_size = ${Math.max(usualLine, 3 * longest + 2)}`,
    `columns = {${texts.join(', ')}}`,
  ];
  return `select ${list.join(',\n  ')}\nfrom read_csv(${literal(file)}, ${options.join(', ')})`;
}

/** Whether values of a type may hold what separates values. */
export function isText(type: string): boolean {
  return !/^(BOOLEAN|U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|DECIMAL\(.*\)|FLOAT|DOUBLE|DATE|TIMESTAMP.*)$/.test(
    type,
  );
}

/** Undoes the escapes, that of the backslash last. */
function unpacked(value: string): string {
  return [...escapes]
    .reverse()
    .reduce(
      (text, [character, code]) => `replace(${text}, ${literal(code)}, chr(${character.charCodeAt(0)}))`,
      value,
    );
}
