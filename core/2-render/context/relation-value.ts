import { textOf } from '../jinja/values/compare.ts';
import { native } from '../jinja/values/native.ts';
import { PyObject, type Value } from '../jinja/values/value.ts';
import type { Relation } from '../rendered.ts';

/** A name as DuckDB SQL, always quoted. */
export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A relation's full name. @example relationText({ schema: 'gold', identifier: 't' }) // '"gold"."t"' */
export function relationText(relation: Relation): string {
  const { database, schema, identifier } = relation;
  const name = `${quoteIdentifier(schema)}.${quoteIdentifier(identifier)}`;
  return database === undefined ? name : `${quoteIdentifier(database)}.${name}`;
}

const attributes = [
  'database',
  'schema',
  'identifier',
  'name',
  'table',
  'type',
  'is_table',
  'is_view',
  'is_cte',
  'render',
  'include',
  'quote',
  'without_identifier',
];

/** What `ref()`, `source()` and `this` give: prints as the quoted name, or as the CTE of an ephemeral model. */
export class RelationValue extends PyObject {
  readonly typeName = 'relation';

  constructor(
    readonly relation: Relation,
    readonly type: 'table' | 'view' | 'cte' | 'external',
    readonly text: string = relationText(relation),
  ) {
    super();
  }

  override attributeNames(): readonly string[] {
    return attributes;
  }

  override attribute(name: string): Value | undefined {
    const { relation, type } = this;
    switch (name) {
      case 'database':
        return relation.database ?? null;
      case 'schema':
        return relation.schema;
      case 'identifier':
      case 'name':
      case 'table':
        return relation.identifier;
      case 'type':
        return type;
      case 'is_table':
        return type === 'table';
      case 'is_view':
        return type === 'view';
      case 'is_cte':
        return type === 'cte';
      case 'render':
        return native('render', [], () => this.text);
      case 'include':
        return native('include', ['database?', 'schema?', 'identifier?'], (args) => this.#include(args));
      case 'quote':
        return native('quote', ['database?', 'schema?', 'identifier?'], () => this);
      case 'without_identifier':
        return native('without_identifier', [], () => this.#include([undefined, undefined, false]));
      default:
        return undefined;
    }
  }

  #include([database, schema, identifier]: readonly (Value | undefined)[]): RelationValue {
    const parts: string[] = [];
    if (this.relation.database !== undefined && database !== false) parts.push(this.relation.database);
    if (schema !== false) parts.push(this.relation.schema);
    if (identifier !== false) parts.push(this.relation.identifier);
    return new RelationValue(this.relation, this.type, parts.map(quoteIdentifier).join('.'));
  }

  override toText(): string {
    return this.text;
  }

  override equals(other: Value): boolean {
    return other instanceof RelationValue && other.text === this.text;
  }
}

/** `api.Relation.create(database=..., schema=..., identifier=...)`. */
export const createRelation = native(
  'create',
  ['database?', 'schema?', 'identifier?', 'type?', '**rest'],
  ([database, schema, identifier]) => {
    const name = textOf(database);
    return new RelationValue(
      {
        ...(name !== undefined && { database: name }),
        schema: textOf(schema) ?? 'main',
        identifier: textOf(identifier) ?? '',
      },
      'table',
    );
  },
);
