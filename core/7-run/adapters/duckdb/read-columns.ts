import type { DuckDBVector } from '@duckdb/node-api';
import type { Relation } from '../../../2-render/index.ts';
import type { BoundColumn } from '../../../4-bind/index.ts';
import { withoutSemicolon } from '../../plan/statement.ts';
import { EngineError } from '../engine-error.ts';
import { classifyDuckDbError } from './classify.ts';
import { createColumnSink } from './column-sink.ts';
import type { ColumnTable } from './column-table.ts';
import { identifier, relationName } from './quote.ts';
import type { DuckDbSession } from './session.ts';

/** A relation, or a select. */
export type ColumnSource = Relation | { readonly sql: string };

export interface ReadColumnsOptions {
  /** Columns wanted, in this order; default: all. */
  readonly columns?: readonly string[];
  /** `order by` list, as SQL. */
  readonly orderBy?: string;
  /** Columns to read as text whatever their type: integer keys beyond 2^53. */
  readonly asText?: readonly string[];
}

/**
 * Reads a relation or query into typed columns, straight from DuckDB's vectors: no rows, no objects, no JSON.
 * Streams chunks of 2,048 rows, so that memory is that of the columns alone.
 *
 * @throws EngineError when the query fails
 * @example
 * const table = await readColumns(adapter.main, { schema: 'gold', identifier: 'customer_360' });
 * const logins = table.columns.find((column) => column.name === 'logins_30d');
 */
export async function readColumns(
  session: DuckDbSession,
  source: ColumnSource,
  options: ReadColumnsOptions = {},
): Promise<ColumnTable> {
  const from = fromClause(source);
  const list = options.columns?.map(identifier).join(', ') ?? '*';
  const { rows: described } = await session.query(`describe select ${list} from ${from}`);
  const columns = described.map(([name, type]): BoundColumn => ({ name: String(name), type: String(type) }));
  const asText = new Set(options.asText?.map((name) => name.toLowerCase()));
  const reads = columns.map((column) => readAs(column, asText.has(column.name.toLowerCase())));
  const order = options.orderBy === undefined ? '' : ` order by ${options.orderBy}`;
  const sql = `select ${reads.map((read) => read.sql).join(', ')} from ${from}${order}`;
  const sinks = columns.map((column, i) => createColumnSink(column, reads[i]?.kind ?? 'text'));
  try {
    const result = await session.connection.stream(sql);
    let rows = 0;
    for (;;) {
      const chunk = await result.fetchChunk();
      if (chunk === null || chunk.rowCount === 0) break;
      const count = chunk.rowCount;
      for (const [i, sink] of sinks.entries())
        sink.append(chunk.getColumnVector(i) as DuckDBVector, rows, count);
      rows += count;
    }
    return { rows, columns: sinks.map((sink) => sink.finish(rows)) };
  } catch (thrown) {
    throw thrown instanceof EngineError ? thrown : classifyDuckDbError(thrown, sql);
  }
}

export function fromClause(source: ColumnSource): string {
  return 'sql' in source ? `(\n${withoutSemicolon(source.sql)}\n) as source` : relationName(source);
}

/** DuckDB does the casting, vectorised, so that four kinds of vector are all there is to decode. */
function readAs(
  { name, type }: BoundColumn,
  asText: boolean,
): { kind: ColumnTable['columns'][number]['kind']; sql: string } {
  const column = identifier(name);
  const base = type.replace(/\(.*/, '');
  if (asText) return { kind: 'text', sql: `cast(${column} as varchar)` };
  if (numeric.has(base) && !type.endsWith(']')) return { kind: 'number', sql: `cast(${column} as double)` };
  if (base === 'BOOLEAN' && !type.endsWith(']'))
    return { kind: 'boolean', sql: `cast(${column} as utinyint)` };
  if (temporal.has(type)) {
    const instant = type === 'DATE' ? `cast(${column} as timestamp)` : column;
    return { kind: 'timestamp', sql: `epoch_us(${instant})` };
  }
  return { kind: 'text', sql: `cast(${column} as varchar)` };
}

const numeric = new Set(
  `TINYINT SMALLINT INTEGER BIGINT HUGEINT UTINYINT USMALLINT UINTEGER UBIGINT UHUGEINT FLOAT DOUBLE DECIMAL`.split(
    ' ',
  ),
);

const temporal = new Set([
  'DATE',
  'TIMESTAMP',
  'TIMESTAMP_S',
  'TIMESTAMP_MS',
  'TIMESTAMP_NS',
  'TIMESTAMP WITH TIME ZONE',
]);
