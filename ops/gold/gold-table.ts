import type { ColumnTable, TypedColumn } from '#core';

export function columnOf(table: ColumnTable, name: string): TypedColumn | undefined {
  return table.columns.find((column) => column.name === name);
}

/** Numbers and Booleans (as 0 and 1), NaN where missing; undefined for other kinds. */
export function numbersOf(column: TypedColumn): Float64Array | undefined {
  if (column.kind === 'number') return column.values;
  if (column.kind !== 'boolean') return undefined;
  return Float64Array.from(column.values, (value, row) => (column.nulls?.[row] === 1 ? Number.NaN : value));
}

/** Dates and timestamps as milliseconds since the epoch, UTC, NaN where missing; undefined for other kinds. */
export function instantsOf(column: TypedColumn): Float64Array | undefined {
  if (column.kind !== 'timestamp') return undefined;
  return Float64Array.from(column.values, (value, row) =>
    column.nulls?.[row] === 1 ? Number.NaN : Number(value) / 1000,
  );
}

/** A cell as people write it; null when missing. */
export function textAt(column: TypedColumn, row: number): string | null {
  if (column.nulls?.[row] === 1) return null;
  switch (column.kind) {
    case 'text':
      return column.dictionary[column.codes[row] as number] ?? null;
    case 'timestamp':
      return instantText(Number(column.values[row]) / 1000);
    case 'boolean':
      return column.values[row] === 1 ? 'true' : 'false';
    case 'number': {
      const value = column.values[row] as number;
      return Number.isNaN(value) ? null : String(value);
    }
  }
}

/** `2024-10-01`, with the time of day where there is one. @param milliseconds since the epoch, UTC */
export function instantText(milliseconds: number): string {
  return new Date(milliseconds)
    .toISOString()
    .replace('T00:00:00.000Z', '')
    .replace('T', ' ')
    .replace(/\.000Z$|Z$/, '');
}
