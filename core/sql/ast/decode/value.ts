import type { TypeNode } from '../type.ts';
import { type Json, Shape, UnknownShape } from './shape.ts';
import { decodeType } from './type.ts';

export interface DecodedValue {
  readonly type: TypeNode;
  readonly value: string | number | boolean | null;
}

/** Decodes a constant: integers that a double cannot hold and decimals keep all their digits, as strings. */
export function decodeValue(json: Json, path: string): DecodedValue {
  const shape = new Shape(json, path);
  const type = shape.object('type', decodeType);
  const isNull = shape.boolean('is_null');
  const value = shape.raw('value');
  shape.done();
  if (isNull) return { type, value: null };
  // The open end of a slice, `x[1:]`.
  if (type.kind === 'list' && JSON.stringify(value).replace('"children":[]', '') === '{}')
    return { type, value: '[]' };
  if (type.kind === 'decimal') return { type, value: placePoint(integer(value, path), type) };
  if (value !== null && typeof value === 'object') return { type, value: integer(value, path).toString() };
  if (value === undefined || value === null) throw new UnknownShape('a constant without a value', path);
  return { type, value };
}

/** Hugeints are serialised in two halves: `upper` signed, `lower` unsigned. */
function integer(value: Json | undefined, path: string): bigint {
  if (typeof value === 'number' || typeof value === 'string') return BigInt(value);
  const halves = new Shape(value, path);
  const upper = BigInt(halves.raw('upper') as string | number);
  const lower = BigInt(halves.raw('lower') as string | number);
  halves.done();
  return (upper << 64n) + lower;
}

/** `.5` has no digit before its point: `0.5` would be one digit wider, which is another type. */
function placePoint(
  unscaled: bigint,
  { width, scale }: { readonly width: number; readonly scale: number },
): string {
  const sign = unscaled < 0n ? '-' : '';
  const leading = width > scale ? 1 : 0;
  const digits = (unscaled < 0n ? -unscaled : unscaled).toString().padStart(scale + leading, '0');
  return scale === 0 ? sign + digits : `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}
