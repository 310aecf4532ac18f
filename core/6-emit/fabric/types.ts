import type { TypeNode } from '../../sql/index.ts';
import type { Tools } from '../print/dialect.ts';

const names: Readonly<Record<string, string>> = {
  BOOLEAN: 'bit',
  TINYINT: 'smallint',
  SMALLINT: 'smallint',
  INTEGER: 'int',
  BIGINT: 'bigint',
  HUGEINT: 'decimal(38, 0)',
  UTINYINT: 'smallint',
  USMALLINT: 'int',
  UINTEGER: 'bigint',
  UBIGINT: 'decimal(20, 0)',
  FLOAT: 'real',
  DOUBLE: 'float',
  VARCHAR: 'varchar(8000)',
  BLOB: 'varbinary(8000)',
  UUID: 'uniqueidentifier',
  DATE: 'date',
  TIME: 'time(6)',
  TIMESTAMP: 'datetime2(6)',
  TIMESTAMP_S: 'datetime2(0)',
  TIMESTAMP_MS: 'datetime2(3)',
  // An instant, kept in UTC: a warehouse stores no datetimeoffset.
  'TIMESTAMP WITH TIME ZONE': 'datetime2(6)',
};

/**
 * Fabric Warehouse's spelling of a type: only types it can store. A bare varchar in a cast would be cut at 30
 * characters, and datetime2(7), the default, cannot be stored.
 */
export function fabricType(type: TypeNode, tools: Tools): string {
  if (type.kind === 'decimal') return `decimal(${type.width}, ${type.scale})`;
  const known = type.kind === 'plain' ? names[type.name] : undefined;
  if (known !== undefined) return known;
  return tools.refuse(
    {},
    {
      what: `type ${type.kind === 'plain' ? type.name : type.kind}`,
      why: 'a Fabric Warehouse cannot store it',
      rewrite: 'cast to one of boolean, integer, bigint, decimal, double, varchar, date or timestamp',
    },
  );
}

/** The type a column of a table has for a DuckDB type; undefined for those a warehouse has no equal of. */
export function fabricColumnType(type: string): string | undefined {
  const upper = type.toUpperCase().replace(/\s+/g, ' ').trim();
  const decimal = /^(?:DECIMAL|NUMERIC) ?\((\d+) ?, ?(\d+)\)$/.exec(upper);
  return decimal ? `decimal(${decimal[1]}, ${decimal[2]})` : names[upper];
}
