/** Numbers, Booleans as 0 and 1; NaN is missing. */
export interface NumberColumn {
  readonly kind: 'number';
  readonly name: string;
  readonly type: string;
  readonly values: Float64Array;
}

/** Dates and timestamps as milliseconds since the epoch, UTC; NaN is missing. */
export interface InstantColumn {
  readonly kind: 'instant';
  readonly name: string;
  readonly type: string;
  readonly values: Float64Array;
}

/** Codes into a dictionary; -1 is missing. */
export interface TextColumn {
  readonly kind: 'text';
  readonly name: string;
  readonly type: string;
  readonly codes: Int32Array;
  readonly dictionary: readonly string[];
}

export type GoldColumn = NumberColumn | InstantColumn | TextColumn;

/** The gold table in memory: one array per column, each with `rows` entries. */
export interface GoldTable {
  readonly rows: number;
  readonly columns: readonly GoldColumn[];
}

export function columnOf(table: GoldTable, name: string): GoldColumn | undefined {
  return table.columns.find((column) => column.name === name);
}

/** A cell as people write it; null when missing. */
export function textAt(column: GoldColumn, row: number): string | null {
  if (column.kind === 'text') return column.dictionary[column.codes[row] as number] ?? null;
  const value = column.values[row] as number;
  if (Number.isNaN(value)) return null;
  return column.kind === 'instant' ? instantText(value) : String(value);
}

/** `2024-10-01`, with the time of day where there is one. */
export function instantText(milliseconds: number): string {
  return new Date(milliseconds)
    .toISOString()
    .replace('T00:00:00.000Z', '')
    .replace('T', ' ')
    .replace(/\.000Z$|Z$/, '');
}
