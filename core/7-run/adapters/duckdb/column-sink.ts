import type { DuckDBVector } from '@duckdb/node-api';
import type { BoundColumn } from '../../../4-bind/index.ts';
import type { TypedColumn } from './column-table.ts';

/** Collects one column, chunk by chunk, in arrays that double. Cost: one copy per value, and one when they double. */
export interface ColumnSink {
  readonly append: (vector: DuckDBVector, at: number, count: number) => void;
  readonly finish: (rows: number) => TypedColumn;
}

export function createColumnSink(column: BoundColumn, kind: TypedColumn['kind']): ColumnSink {
  const nulls = createNullSink();
  switch (kind) {
    case 'number':
      return arraySink(nulls, new Float64Array(firstCapacity), Number.NaN, (values, rows) => ({
        kind,
        ...column,
        nulls: nulls.finish(rows),
        values: values.subarray(0, rows),
      }));
    case 'timestamp':
      return arraySink(nulls, new BigInt64Array(firstCapacity), 0n, (values, rows) => ({
        kind,
        ...column,
        nulls: nulls.finish(rows),
        values: values.subarray(0, rows),
      }));
    case 'boolean':
      return arraySink(nulls, new Uint8Array(firstCapacity), 0, (values, rows) => ({
        kind,
        ...column,
        nulls: nulls.finish(rows),
        values: values.subarray(0, rows),
      }));
    case 'text':
      return textSink(column);
  }
}

const firstCapacity = 8192;

type Values = Float64Array | BigInt64Array | Uint8Array;

function arraySink<A extends Values>(
  nulls: NullSink,
  first: A,
  ofNull: A extends BigInt64Array ? bigint : number,
  finish: (values: A, rows: number) => TypedColumn,
): ColumnSink {
  let values = first;
  return {
    append: (vector, at, count) => {
      if (at + count > values.length) values = grown(values, at + count);
      const items = itemsOf(vector, values);
      if (items !== undefined) (values as Float64Array).set(items as Float64Array, at);
      else for (let i = 0; i < count; i++) values[at + i] = (vector.getItem(i) as never) ?? (ofNull as never);
      nulls.append(vector, at, count, (row) => {
        values[row] = ofNull as never;
      });
    },
    finish: (rows) => finish(values, rows),
  };
}

function grown<A extends Values | Int32Array>(values: A, needed: number): A {
  const Type = values.constructor as new (length: number) => A;
  const larger = new Type(Math.max(needed, values.length * 2));
  larger.set(values as never);
  return larger;
}

/** The vector's memory, when the client library keeps it as the array we expect; else undefined: read item by item. */
function itemsOf(vector: DuckDBVector, like: Values): Values | undefined {
  const { items } = vector as unknown as { items?: unknown };
  return items instanceof (like.constructor as new () => Values) ? items : undefined;
}

function textSink(column: BoundColumn): ColumnSink {
  const dictionary: string[] = [];
  const codeOf = new Map<string, number>();
  let codes = new Int32Array(firstCapacity);
  let nulls = 0;
  return {
    append: (vector, at, count) => {
      if (at + count > codes.length) codes = grown(codes, at + count);
      for (let i = 0; i < count; i++) {
        const text = vector.getItem(i) as string | null;
        if (text === null) {
          codes[at + i] = -1;
          nulls++;
          continue;
        }
        let code = codeOf.get(text);
        if (code === undefined) {
          code = dictionary.length;
          codeOf.set(text, code);
          dictionary.push(text);
        }
        codes[at + i] = code;
      }
    },
    finish: (rows) => {
      const own = codes.subarray(0, rows);
      const mask = nulls === 0 ? undefined : Uint8Array.from(own, (code) => (code < 0 ? 1 : 0));
      return { kind: 'text', ...column, nulls: mask, codes: own, dictionary };
    },
  };
}

interface NullSink {
  readonly append: (vector: DuckDBVector, at: number, count: number, onNull: (row: number) => void) => void;
  readonly finish: (rows: number) => Uint8Array | undefined;
}

/** The mask is made at the first NULL: most columns never need one. */
function createNullSink(): NullSink {
  let mask: Uint8Array | undefined;
  const mark = (row: number, needed: number) => {
    if (mask === undefined) mask = new Uint8Array(Math.max(firstCapacity, needed));
    else if (needed > mask.length) mask = grown(mask, needed);
    mask[row] = 1;
  };
  return {
    append: (vector, at, count, onNull) => {
      const bits = validityBits(vector);
      if (bits === null) return;
      for (let i = 0; i < count; i++) {
        const valid =
          bits === undefined ? vector.getItem(i) !== null : ((bits[i >> 3] as number) >> (i & 7)) & 1;
        if (valid) continue;
        mark(at + i, at + count);
        onNull(at + i);
      }
    },
    finish: (rows) => {
      if (mask === undefined) return undefined;
      return (mask.length < rows ? grown(mask, rows) : mask).subarray(0, rows);
    },
  };
}

/** DuckDB's validity bits, lowest first; null: all valid; undefined: the library keeps them some other way. */
function validityBits(vector: DuckDBVector): Uint8Array | null | undefined {
  const { validity } = vector as unknown as { validity?: { data?: unknown; offset?: unknown } };
  if (validity === undefined || validity.offset !== 0) return undefined;
  if (validity.data === null) return null;
  if (!(validity.data instanceof BigUint64Array)) return undefined;
  const { buffer, byteOffset, byteLength } = validity.data;
  return new Uint8Array(buffer, byteOffset, byteLength);
}
