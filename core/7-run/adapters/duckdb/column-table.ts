/** One column of data as typed memory, no rows. Owner: whoever holds the table; arrays are plain and can be shared. */
export type TypedColumn = NumberColumn | TimestampColumn | BooleanColumn | TextColumn;

interface ColumnBase {
  readonly name: string;
  /** The engine's type, such as `DECIMAL(18,2)`. */
  readonly type: string;
  /** 1 where the value is NULL; undefined when none is. Length: rows. */
  readonly nulls?: Uint8Array;
}

/** Every numeric type. Integers are exact up to 2^53; NULL is NaN too, so that `values` can be used as it is. */
export interface NumberColumn extends ColumnBase {
  readonly kind: 'number';
  readonly values: Float64Array;
}

/** DATE, TIMESTAMP (any precision) and TIMESTAMPTZ: microseconds since 1970-01-01 UTC; NULL is 0. */
export interface TimestampColumn extends ColumnBase {
  readonly kind: 'timestamp';
  readonly values: BigInt64Array;
}

/** 1 true, 0 false or NULL. */
export interface BooleanColumn extends ColumnBase {
  readonly kind: 'boolean';
  readonly values: Uint8Array;
}

/** VARCHAR, ENUM, UUID and, as text, everything else. `codes` index `dictionary`; -1 is NULL. */
export interface TextColumn extends ColumnBase {
  readonly kind: 'text';
  readonly codes: Int32Array;
  /** Distinct values in order of first appearance. */
  readonly dictionary: readonly string[];
}

/** A table as columns of equal length. */
export interface ColumnTable {
  readonly rows: number;
  readonly columns: readonly TypedColumn[];
}
