/** Type names of T-SQL's catalog and of the driver's results, in DuckDB's words. */
const names: Readonly<Record<string, string>> = {
  bit: 'BOOLEAN',
  bitn: 'BOOLEAN',
  tinyint: 'UTINYINT',
  smallint: 'SMALLINT',
  int: 'INTEGER',
  intn: 'BIGINT',
  bigint: 'BIGINT',
  real: 'FLOAT',
  float: 'DOUBLE',
  floatn: 'DOUBLE',
  char: 'VARCHAR',
  varchar: 'VARCHAR',
  nvarchar: 'VARCHAR',
  varbinary: 'BLOB',
  binary: 'BLOB',
  uniqueidentifier: 'UUID',
  date: 'DATE',
  time: 'TIME',
  datetime2: 'TIMESTAMP',
};

/** @example duckdbType('datetime2') // TIMESTAMP */
export function duckdbType(type: string): string {
  return names[type.toLowerCase()] ?? type.toUpperCase();
}
