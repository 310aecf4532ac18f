import type { TypeNode } from '../type.ts';
import { type Json, Shape, UnknownShape } from './shape.ts';

/** Decodes a `LogicalType`. */
export function decodeType(json: Json, path: string): TypeNode {
  const shape = new Shape(json, path);
  const id = shape.string('id');
  const info = shape.optional('type_info', (item, at) => new Shape(item, at));
  shape.done();
  if (info === undefined) return { kind: 'plain', name: id };
  info.ignore('alias', 'extension_info');
  const type = decodeInfo(id, info);
  info.done();
  return type;
}

function decodeInfo(id: string, info: Shape): TypeNode {
  const kind = info.string('type');
  switch (kind) {
    case 'DECIMAL_TYPE_INFO':
      return { kind: 'decimal', width: info.number('width'), scale: info.number('scale') };
    case 'LIST_TYPE_INFO': {
      const element = info.object('child_type', decodeType);
      return id === 'MAP' ? mapOf(element, info.path) : { kind: 'list', element };
    }
    case 'ARRAY_TYPE_INFO':
      return { kind: 'array', element: info.object('child_type', decodeType), size: info.number('size') };
    case 'STRUCT_TYPE_INFO': {
      const fields = info.list('child_types', decodeField);
      // A union's first child is its hidden tag.
      return id === 'UNION' ? { kind: 'union', members: fields.slice(1) } : { kind: 'struct', fields };
    }
    case 'UNBOUND_TYPE_INFO':
      return decodeUserType(info);
    case 'STRING_TYPE_INFO':
      info.ignore('collation');
      return { kind: 'plain', name: id };
    default:
      throw new UnknownShape(`type info ${kind}`, info.path);
  }
}

function decodeField(json: Json, path: string): { name: string; type: TypeNode } {
  const shape = new Shape(json, path);
  const field = { name: shape.string('first'), type: shape.object('second', decodeType) };
  shape.done();
  return field;
}

function mapOf(entry: TypeNode, path: string): TypeNode {
  if (entry.kind !== 'struct' || entry.fields.length !== 2)
    throw new UnknownShape('map without key and value', path);
  const [key, value] = entry.fields.map((field) => field.type) as [TypeNode, TypeNode];
  return { kind: 'map', key, value };
}

function decodeUserType(info: Shape): TypeNode {
  const name = info.string('name');
  const modifiers = info.list('user_type_modifiers', (item, path) => {
    const value = new Shape(item, path);
    value.ignore('type', 'is_null');
    return String(value.raw('value'));
  });
  info.require('catalog', '');
  const schema = info.string('schema');
  if (name.toUpperCase() === 'ENUM') return { kind: 'enum', values: modifiers };
  return { kind: 'user', schema, name, modifiers };
}
