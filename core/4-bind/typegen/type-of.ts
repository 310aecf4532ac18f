const numbers =
  /^(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT|UTINYINT|USMALLINT|UINTEGER|UBIGINT|UHUGEINT|FLOAT|DOUBLE|DECIMAL\(.*\))$/;

/**
 * The TypeScript type of a DuckDB type. Every number is `number`, whatever its width: typed files build SQL and never
 * hold a value, so the width decides nothing. Days and instants are `Date`; what TypeScript has no word for (intervals,
 * structs, maps) is `unknown`.
 *
 * @example typeOf('DECIMAL(18,2)') // 'number'
 */
export function typeOf(type: string): string {
  const list = /^(.*)\[\d*\]$/.exec(type);
  if (list !== null) return `readonly ${elementOf(typeOf(list[1] as string))}[]`;
  if (numbers.test(type)) return 'number';
  if (type === 'DATE' || type.startsWith('TIMESTAMP')) return 'Date';
  if (type === 'BOOLEAN') return 'boolean';
  if (type === 'VARCHAR' || type === 'UUID' || type === 'TIME' || type === 'BIT' || type.startsWith('ENUM('))
    return 'string';
  if (type === 'BLOB') return 'Uint8Array';
  return 'unknown';
}

function elementOf(type: string): string {
  return type.startsWith('readonly ') ? `(${type})` : type;
}
