/** DuckDB's spelling of the type names that people write; DuckDB itself is asked for all others. */
const spellings: Readonly<Record<string, string>> = {
  ...same(['TINYINT', 'SMALLINT', 'INTEGER', 'BIGINT', 'HUGEINT', 'UTINYINT', 'USMALLINT', 'UINTEGER']),
  ...same(['UBIGINT', 'UHUGEINT', 'FLOAT', 'DOUBLE', 'VARCHAR', 'BOOLEAN', 'DATE', 'TIME', 'TIMESTAMP']),
  ...same(['TIMESTAMP WITH TIME ZONE', 'TIMESTAMP_S', 'TIMESTAMP_MS', 'TIMESTAMP_NS', 'INTERVAL', 'BLOB']),
  ...same(['UUID', 'JSON', 'BIT']),
  int1: 'TINYINT',
  int2: 'SMALLINT',
  short: 'SMALLINT',
  int: 'INTEGER',
  int4: 'INTEGER',
  signed: 'INTEGER',
  int8: 'BIGINT',
  long: 'BIGINT',
  int128: 'HUGEINT',
  real: 'FLOAT',
  float4: 'FLOAT',
  float8: 'DOUBLE',
  'double precision': 'DOUBLE',
  text: 'VARCHAR',
  string: 'VARCHAR',
  char: 'VARCHAR',
  bool: 'BOOLEAN',
  datetime: 'TIMESTAMP',
  'timestamp without time zone': 'TIMESTAMP',
  timestamptz: 'TIMESTAMP WITH TIME ZONE',
  bytea: 'BLOB',
  binary: 'BLOB',
  varbinary: 'BLOB',
  decimal: 'DECIMAL(18,3)',
  numeric: 'DECIMAL(18,3)',
};

/**
 * DuckDB's spelling of a declared type, or undefined when only DuckDB can tell.
 *
 * @example canonicalType('numeric(10, 2)') // 'DECIMAL(10,2)'
 */
export function canonicalType(declared: string): string | undefined {
  const text = declared.trim().toLowerCase().replace(/\s+/g, ' ');
  const list = /^(.*?) ?(\[\d*\])$/.exec(text);
  if (list !== null) {
    const element = canonicalType(list[1] as string);
    return element && `${element}${list[2]}`;
  }
  const decimal = /^(?:decimal|numeric|dec) ?\( ?(\d+) ?(?:, ?(\d+) ?)?\)$/.exec(text);
  if (decimal !== null) return `DECIMAL(${decimal[1]},${decimal[2] ?? 0})`;
  if (/^(?:varchar|char|bpchar|text|string) ?\( ?\d+ ?\)$/.test(text)) return 'VARCHAR';
  return spellings[text];
}

/** A type with an instant or a day in it: what availability and prediction times must have. */
export function isTemporal(type: string): boolean {
  return type === 'DATE' || type.startsWith('TIMESTAMP');
}

/**
 * Whether a struct in the type has no names for its fields, as `row(1, 2)` has: `create table` knows no such type.
 *
 * @example hasNamelessFields('STRUCT(a INTEGER)[]') // false
 * @example hasNamelessFields('STRUCT(INTEGER, TIMESTAMP WITH TIME ZONE)') // true
 */
export function hasNamelessFields(type: string): boolean {
  // What an enum may hold is no type.
  const withoutTexts = type.replace(/'(?:[^']|'')*'/g, "''");
  return /\bSTRUCT\((?!(?:"(?:[^"]|"")*"|\w+) (?!WITH TIME ZONE))/.test(withoutTexts);
}

function same(types: readonly string[]): Record<string, string> {
  return Object.fromEntries(types.map((type) => [type.toLowerCase(), type]));
}
