import type { FromItem, PivotColumn, PivotEntry, Sample } from '../query.ts';
import { decodeExpression } from './expression.ts';
import { decodeQueryStatement } from './query.ts';
import { type Json, Shape, UnknownShape } from './shape.ts';
import { decodeValue } from './value.ts';

/** Decodes a `TableRef`. */
export function decodeFrom(json: Json, path: string): FromItem {
  const shape = new Shape(json, path);
  const type = shape.string('type');
  const alias = shape.name('alias');
  const sample = shape.optional('sample', decodeSample);
  const base = {
    ...shape.location(),
    ...(alias === undefined ? {} : { alias }),
    ...(sample === undefined ? {} : { sample }),
  };
  const item = { ...base, ...decodeKind(type, shape) } as FromItem;
  shape.done();
  return item;
}

const joinTypes = {
  INNER: 'inner',
  LEFT: 'left',
  RIGHT: 'right',
  FULL: 'full',
  SEMI: 'semi',
  ANTI: 'anti',
} as const;

const joinForms = {
  REGULAR: 'regular',
  NATURAL: 'natural',
  CROSS: 'cross',
  POSITIONAL: 'positional',
  ASOF: 'asof',
} as const;

function decodeKind(type: string, shape: Shape) {
  switch (type) {
    case 'EMPTY':
      return { kind: 'none' };
    case 'BASE_TABLE': {
      const schema = shape.name('schema_name');
      const catalog = shape.name('catalog_name');
      shape.require('at_clause', null);
      return {
        kind: 'table',
        ...(catalog === undefined ? {} : { catalog }),
        ...(schema === undefined ? {} : { schema }),
        name: shape.string('table_name'),
        columns: shape.strings('column_name_alias'),
      };
    }
    case 'SUBQUERY':
      return {
        kind: 'subquery',
        query: shape.object('subquery', decodeQueryStatement),
        columns: shape.strings('column_name_alias'),
      };
    case 'TABLE_FUNCTION':
      return {
        kind: 'function',
        call: shape.object('function', decodeExpression),
        columns: shape.strings('column_name_alias'),
        ordinality: shape.string('with_ordinality') !== 'WITHOUT_ORDINALITY',
      };
    case 'EXPRESSION_LIST':
      shape.require('expected_types', []);
      return {
        kind: 'values',
        rows: shape.list('values', (row, path) =>
          (row as readonly Json[]).map((cell, index) => decodeExpression(cell, `${path}[${index}]`)),
        ),
        columns: shape.strings('expected_names'),
      };
    case 'JOIN': {
      const condition = shape.optional('condition', decodeExpression);
      shape.require('delim_flipped', false);
      shape.require('duplicate_eliminated_columns', []);
      return {
        kind: 'join',
        type: shape.oneOf('join_type', joinTypes),
        form: shape.oneOf('ref_type', joinForms),
        left: shape.object('left', decodeFrom),
        right: shape.object('right', decodeFrom),
        ...(condition === undefined ? {} : { condition }),
        using: shape.strings('using_columns'),
      };
    }
    case 'PIVOT':
      return decodePivot(shape);
    default:
      throw new UnknownShape(`table reference ${type}`, shape.path);
  }
}

/** DuckDB serialises UNPIVOT as a pivot that has value names. */
function decodePivot(shape: Shape) {
  const values = shape.strings('unpivot_names');
  const includeNulls = shape.boolean('include_nulls');
  const common = { source: shape.object('source', decodeFrom), columns: shape.strings('column_name_alias') };
  const pivots = shape.list('pivots', decodePivotColumn);
  const aggregates = shape.list('aggregates', decodeExpression);
  const groups = shape.strings('groups');
  return values.length > 0
    ? { kind: 'unpivot', ...common, values, names: pivots, includeNulls }
    : { kind: 'pivot', ...common, aggregates, pivots, groups };
}

function decodePivotColumn(json: Json, path: string): PivotColumn {
  const shape = new Shape(json, path);
  const enumName = shape.name('pivot_enum');
  const column = {
    expressions: shape.list('pivot_expressions', decodeExpression),
    names: shape.strings('unpivot_names'),
    entries: shape.list('entries', decodeEntry),
    ...(enumName === undefined ? {} : { enumName }),
  };
  shape.done();
  return column;
}

function decodeEntry(json: Json, path: string): PivotEntry {
  const shape = new Shape(json, path);
  const star = shape.optional('star_expr', decodeExpression);
  const alias = shape.name('alias');
  const entry = {
    values: shape.list('values', decodeValue),
    ...(star === undefined ? {} : { star }),
    ...(alias === undefined ? {} : { alias }),
  };
  shape.done();
  return entry;
}

export function decodeSample(json: Json, path: string): Sample {
  const shape = new Shape(json, path);
  const seed = shape.number('seed');
  const sample = {
    size: Number(shape.object('sample_size', decodeValue).value),
    percent: shape.boolean('is_percentage'),
    method: shape.string('method'),
    ...(seed === -1 ? {} : { seed }),
  };
  shape.ignore('repeatable');
  shape.done();
  return sample;
}
