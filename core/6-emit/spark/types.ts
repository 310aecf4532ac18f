import type { TypeNode } from '../../sql/index.ts';
import type { Tools } from '../print/dialect.ts';

const names: Readonly<Record<string, string>> = {
  BOOLEAN: 'boolean',
  TINYINT: 'tinyint',
  SMALLINT: 'smallint',
  INTEGER: 'int',
  BIGINT: 'bigint',
  HUGEINT: 'decimal(38, 0)',
  UTINYINT: 'smallint',
  USMALLINT: 'int',
  UINTEGER: 'bigint',
  UBIGINT: 'decimal(20, 0)',
  FLOAT: 'float',
  DOUBLE: 'double',
  VARCHAR: 'string',
  BLOB: 'binary',
  DATE: 'date',
  TIMESTAMP: 'timestamp',
  TIMESTAMP_S: 'timestamp',
  TIMESTAMP_MS: 'timestamp',
  'TIMESTAMP WITH TIME ZONE': 'timestamp',
};

/** Spark's spelling of a type. Sessions run in UTC, so that TIMESTAMP keeps its wall clock. */
export function sparkType(type: TypeNode, tools: Tools): string {
  const inner = (child: TypeNode) => sparkType(child, tools);
  switch (type.kind) {
    case 'plain': {
      const name = names[type.name];
      return name ?? refuse(type.name, tools);
    }
    case 'decimal':
      return `decimal(${type.width}, ${type.scale})`;
    case 'list':
    case 'array':
      return `array<${inner(type.element)}>`;
    case 'map':
      return `map<${inner(type.key)}, ${inner(type.value)}>`;
    case 'struct':
      return `struct<${type.fields.map(({ name, type: field }) => `\`${name}\`: ${inner(field)}`).join(', ')}>`;
    case 'union':
    case 'enum':
    case 'user':
      return refuse(type.kind, tools);
  }
}

function refuse(name: string, tools: Tools): string {
  return tools.refuse(
    {},
    { what: `type ${name}`, why: 'Spark has no such type', rewrite: 'cast to a type that both engines have' },
  );
}
