import type { BoundColumn } from '../../4-bind/index.ts';

const names: Readonly<Record<string, string>> = {
  BOOLEAN: 'boolean',
  TINYINT: 'byte',
  SMALLINT: 'short',
  INTEGER: 'integer',
  BIGINT: 'long',
  HUGEINT: 'long',
  UTINYINT: 'short',
  USMALLINT: 'integer',
  UINTEGER: 'long',
  UBIGINT: 'long',
  FLOAT: 'float',
  DOUBLE: 'double',
  VARCHAR: 'string',
  BLOB: 'binary',
  DATE: 'date',
  TIMESTAMP: 'timestamp',
  'TIMESTAMP WITH TIME ZONE': 'timestamp',
};

/** DuckDB's type that Parquet stores as Delta wants it: a timestamp is an instant, taken as UTC. */
const stored: Readonly<Record<string, string>> = {
  short: 'SMALLINT',
  integer: 'INTEGER',
  long: 'BIGINT',
  timestamp: 'TIMESTAMP WITH TIME ZONE',
};

export interface DeltaColumn {
  readonly name: string;
  readonly type: string;
  /** The cast that makes a DuckDB value storable; undefined: none is needed. */
  readonly cast?: string;
}

/** Columns of a Delta table; `refused` names those without an equal type. */
export function deltaColumns(columns: readonly BoundColumn[]): {
  readonly columns: readonly DeltaColumn[];
  readonly refused: readonly BoundColumn[];
} {
  const made: DeltaColumn[] = [];
  const refused: BoundColumn[] = [];
  for (const column of columns) {
    const decimal = /^DECIMAL\((\d+),(\d+)\)$/.exec(column.type);
    const type = decimal ? `decimal(${decimal[1]},${decimal[2]})` : names[column.type];
    if (type === undefined) refused.push(column);
    else {
      const cast = stored[type];
      const needed = cast !== undefined && cast !== column.type;
      made.push({ name: column.name, type, ...(needed ? { cast } : {}) });
    }
  }
  return { columns: made, refused };
}

/** The schema as the log holds it. */
export function schemaString(columns: readonly DeltaColumn[]): string {
  const fields = columns.map(({ name, type }) => ({ name, type, nullable: true, metadata: {} }));
  return JSON.stringify({ type: 'struct', fields });
}
