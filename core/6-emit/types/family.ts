import type { TypeNode } from '../../sql/index.ts';

/**
 * A DuckDB type in DuckDB's spelling (`BIGINT`, `DECIMAL(18,2)`, `INTEGER[]`), or `UNKNOWN` where inference has
 * nothing to say. A printer that needs a type it does not know refuses.
 */
export type SqlType = string;

export const unknown: SqlType = 'UNKNOWN';

export type Family =
  | 'boolean'
  | 'integer'
  | 'decimal'
  | 'float'
  | 'text'
  | 'date'
  | 'timestamp'
  | 'timestamptz'
  | 'time'
  | 'interval'
  | 'list'
  | 'nested'
  | 'null'
  | 'other'
  | 'unknown';

const families: Readonly<Record<string, Family>> = {
  BOOLEAN: 'boolean',
  TINYINT: 'integer',
  SMALLINT: 'integer',
  INTEGER: 'integer',
  BIGINT: 'integer',
  HUGEINT: 'integer',
  UTINYINT: 'integer',
  USMALLINT: 'integer',
  UINTEGER: 'integer',
  UBIGINT: 'integer',
  UHUGEINT: 'integer',
  FLOAT: 'float',
  DOUBLE: 'float',
  VARCHAR: 'text',
  DATE: 'date',
  TIMESTAMP: 'timestamp',
  TIMESTAMP_S: 'timestamp',
  TIMESTAMP_MS: 'timestamp',
  TIMESTAMP_NS: 'timestamp',
  'TIMESTAMP WITH TIME ZONE': 'timestamptz',
  TIME: 'time',
  INTERVAL: 'interval',
  NULL: 'null',
  UNKNOWN: 'unknown',
};

export function familyOf(type: SqlType): Family {
  if (type.endsWith(']')) return 'list';
  if (type.startsWith('DECIMAL')) return 'decimal';
  if (/^(STRUCT|MAP|UNION)\(/.test(type)) return 'nested';
  return families[type] ?? 'other';
}

export function isNumeric(type: SqlType): boolean {
  return ['integer', 'decimal', 'float'].includes(familyOf(type));
}

/** A parsed type in DuckDB's spelling. */
export function spellType(type: TypeNode): SqlType {
  switch (type.kind) {
    case 'plain':
      return type.name;
    case 'decimal':
      return `DECIMAL(${type.width},${type.scale})`;
    case 'list':
      return `${spellType(type.element)}[]`;
    case 'array':
      return `${spellType(type.element)}[${type.size}]`;
    case 'struct':
      return `STRUCT(${type.fields.map(({ name, type: field }) => `${name} ${spellType(field)}`).join(', ')})`;
    case 'map':
      return `MAP(${spellType(type.key)}, ${spellType(type.value)})`;
    case 'union':
    case 'enum':
    case 'user':
      return unknown;
  }
}
