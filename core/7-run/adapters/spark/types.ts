/** Spark's type names, as its catalog and its JSON schemas spell them, in DuckDB's words. */
const names: Readonly<Record<string, string>> = {
  boolean: 'BOOLEAN',
  tinyint: 'TINYINT',
  byte: 'TINYINT',
  smallint: 'SMALLINT',
  short: 'SMALLINT',
  int: 'INTEGER',
  integer: 'INTEGER',
  bigint: 'BIGINT',
  long: 'BIGINT',
  float: 'FLOAT',
  double: 'DOUBLE',
  string: 'VARCHAR',
  binary: 'BLOB',
  date: 'DATE',
  timestamp: 'TIMESTAMP',
  timestamp_ntz: 'TIMESTAMP',
};

/** @example duckdbType('decimal(10,2)') // DECIMAL(10,2) */
export function duckdbType(type: string): string {
  return names[type.toLowerCase()] ?? type.toUpperCase();
}

const spark: Readonly<Record<string, string>> = {
  BOOLEAN: 'boolean',
  TINYINT: 'tinyint',
  SMALLINT: 'smallint',
  INTEGER: 'int',
  BIGINT: 'bigint',
  HUGEINT: 'bigint',
  UTINYINT: 'smallint',
  USMALLINT: 'int',
  UINTEGER: 'bigint',
  UBIGINT: 'bigint',
  FLOAT: 'float',
  DOUBLE: 'double',
  VARCHAR: 'string',
  BLOB: 'binary',
  DATE: 'date',
  TIMESTAMP: 'timestamp',
  TIMESTAMP_S: 'timestamp',
  TIMESTAMP_MS: 'timestamp',
  TIMESTAMP_NS: 'timestamp',
  'TIMESTAMP WITH TIME ZONE': 'timestamp',
};

/** The type a column of a table on Spark has; undefined for those it has no equal of. */
export function sparkColumnType(type: string): string | undefined {
  const upper = type.toUpperCase().replace(/\s+/g, ' ').trim();
  const decimal = /^(?:DECIMAL|NUMERIC) ?\((\d+) ?, ?(\d+)\)$/.exec(upper);
  return decimal ? `decimal(${decimal[1]}, ${decimal[2]})` : spark[upper];
}
