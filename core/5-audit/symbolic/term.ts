import type { IntervalValue, PlanType } from '../../sql/index.ts';
import type { Formula } from './formula.ts';

/**
 * What is known of a type's values. `time` counts microseconds since 1970 (dates at midnight), `int` integers;
 * `text` and `other` are only compared for equality; `interval` is known where it is constant.
 */
export type Sort = 'time' | 'int' | 'text' | 'bool' | 'interval' | 'other';

/** A symbolic SQL value. `key` is its identity: terms with equal keys are equal in every database. */
export type Term = ScalarTerm | BooleanTerm;

export interface ScalarTerm {
  readonly sort: Exclude<Sort, 'bool'>;
  readonly key: string;
  /** The value, where it is not NULL: symbol + offset; symbol 0 is zero, so constants are offsets. */
  readonly symbol: number;
  readonly offset: number;
  readonly isNull: Formula;
  readonly constant?: ConstantInfo;
}

/** Three-valued: NULL where neither `isTrue` nor `isFalse`. */
export interface BooleanTerm {
  readonly sort: 'bool';
  readonly key: string;
  readonly isTrue: Formula;
  readonly isFalse: Formula;
}

export type ConstantInfo =
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'interval'; readonly value: IntervalValue };

const TIMES = new Set<PlanType>([
  'TIMESTAMP',
  'DATE',
  'TIMESTAMP WITH TIME ZONE',
  'TIMESTAMP_S',
  'TIMESTAMP_MS',
]);
const INTEGERS = new Set<PlanType>([
  'TINYINT',
  'SMALLINT',
  'INTEGER',
  'BIGINT',
  'HUGEINT',
  'UTINYINT',
  'USMALLINT',
  'UINTEGER',
  'UBIGINT',
  'UHUGEINT',
]);

/** An instant, rather than what a clock somewhere shows. */
export function isZonedType(type: string): boolean {
  return type === 'TIMESTAMP WITH TIME ZONE';
}

export function sortOf(type: PlanType): Sort {
  if (TIMES.has(type)) return 'time';
  if (INTEGERS.has(type)) return 'int';
  if (type === 'VARCHAR') return 'text';
  if (type === 'BOOLEAN') return 'bool';
  if (type === 'INTERVAL') return 'interval';
  return 'other';
}

export const DAY = 86_400_000_000;
export const HOUR = 3_600_000_000;
export const MINUTE = 60_000_000;
export const SECOND = 1_000_000;
