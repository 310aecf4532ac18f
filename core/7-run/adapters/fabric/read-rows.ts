import type { Relation } from '../../../2-render/index.ts';
import type { BoundColumn } from '../../../4-bind/index.ts';
import type { Scalar } from '../adapter.ts';
import { packRow } from '../remote/packed-rows.ts';
import { identifier, relationName } from './quote.ts';
import type { RetryingConnection } from './tds/retrying.ts';

const linesPerPiece = 5000;
/** Pieces held in memory while their reader is busy; then the server waits. */
const piecesAhead = 8;

/** Reads a whole relation as packed lines, every value as a text that gives the same value back. */
export async function* readFabricRows(
  connection: RetryingConnection,
  relation: Relation,
  columns: readonly BoundColumn[],
): AsyncGenerator<string> {
  const list = columns.map((column, index) => `${asText(column)} as c${index}`);
  const pieces: string[] = [];
  let lines: string[] = [];
  let wake: () => void = () => undefined;
  let taken: () => void = () => undefined;
  let ended = false;
  let failed: unknown;
  const onRow = (row: readonly Scalar[]) => {
    lines.push(packRow(row.map((value) => (value === null ? null : String(value)))));
    if (lines.length < linesPerPiece) return undefined;
    pieces.push(`${lines.join('\n')}\n`);
    lines = [];
    wake();
    if (pieces.length < piecesAhead) return undefined;
    return new Promise<void>((resolve) => {
      taken = resolve;
    });
  };
  // A table half read and then read again would hold rows twice.
  const sql = `select ${list.join(', ')} from ${relationName(relation)}`;
  const reading = connection.run({ sql, repeatable: false, onRow }).then(
    () => {
      ended = true;
      wake();
    },
    (thrown: unknown) => {
      ended = true;
      failed = thrown;
      wake();
    },
  );
  for (;;) {
    const piece = pieces.shift();
    if (piece !== undefined) {
      if (pieces.length === 0) taken();
      yield piece;
      continue;
    }
    if (ended) break;
    await new Promise<void>((resolve) => {
      wake = resolve;
    });
  }
  await reading;
  if (failed !== undefined) throw failed;
  if (lines.length > 0) yield `${lines.join('\n')}\n`;
}

/** Text without loss: a float with 17 digits, a timestamp with microseconds. */
function asText({ name, type }: BoundColumn): string {
  const column = identifier(name);
  if (type === 'DOUBLE' || type === 'FLOAT') return `convert(varchar(40), ${column}, 3)`;
  if (type === 'DATE') return `convert(varchar(10), ${column}, 23)`;
  if (type.startsWith('TIMESTAMP')) return `convert(varchar(26), cast(${column} as datetime2(6)), 121)`;
  if (type === 'VARCHAR') return column;
  return `cast(${column} as varchar(50))`;
}
