import { DuckDBTimestampValue, type DuckDBValue, type DuckDBVector } from '@duckdb/node-api';
import type { TypedColumn } from './column-table.ts';

/**
 * Writes rows `start` to `start + count` of a column into a vector of the column's own storage type. Numbers and
 * timestamps are copied as memory where the client library keeps them so; everything else goes item by item.
 */
export function fillVector(vector: DuckDBVector, column: TypedColumn, start: number, count: number): void {
  const { items } = vector as unknown as { items?: unknown };
  if (column.kind === 'number' && items instanceof Float64Array) {
    items.set(column.values.subarray(start, start + count));
    setNulls(vector, column, start, count);
  } else if (column.kind === 'timestamp' && items instanceof BigInt64Array) {
    items.set(column.values.subarray(start, start + count));
    setNulls(vector, column, start, count);
  } else {
    for (let i = 0; i < count; i++) vector.setItem(i, valueAt(column, start + i));
  }
  vector.flush();
}

function setNulls(vector: DuckDBVector, { nulls }: TypedColumn, start: number, count: number): void {
  if (nulls === undefined) return;
  for (let i = 0; i < count; i++) if (nulls[start + i] === 1) vector.setItem(i, null);
}

function valueAt(column: TypedColumn, row: number): DuckDBValue {
  if (column.nulls?.[row] === 1) return null;
  switch (column.kind) {
    case 'number':
      return column.values[row] as number;
    case 'timestamp':
      return new DuckDBTimestampValue(column.values[row] as bigint);
    case 'boolean':
      return column.values[row] === 1;
    case 'text': {
      const code = column.codes[row] as number;
      return code < 0 ? null : (column.dictionary[code] as string);
    }
  }
}
