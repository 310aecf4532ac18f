import type { BoundColumn } from '../../4-bind/index.ts';
import { quoteName } from '../quote.ts';

/** Largest relative difference at which two floats count as equal: sums over threads are not ordered. */
export const FLOAT_TOLERANCE = 1e-9;

export interface Comparison {
  /** Full quoted names of the full build and of the rebuild. */
  readonly full: string;
  readonly rebuilt: string;
  readonly entity: readonly string[];
  readonly predictionTime: string;
  /** SQL literal. */
  readonly moment: string;
  /** Columns to compare, keys left out. */
  readonly columns: readonly BoundColumn[];
}

/**
 * One row: `only_full` and `only_rebuilt` count rows that one side lacks; `d0`, `d1`, ... count rows whose
 * column differs. Rows with equal keys are paired in the order of their values.
 */
export function countDifferences(comparison: Comparison): string {
  const counts = comparison.columns.map(
    (column, index) =>
      `count(*) filter (where f.here and r.here and not ${sameValue(column)}) as "d${index}"`,
  );
  return [
    paired(comparison),
    'select count(*) filter (where r.here is null) as only_full,',
    '  count(*) filter (where f.here is null) as only_rebuilt,',
    '  count(*) filter (where f.here and r.here) as both_sides',
    ...counts.map((count) => `  , ${count}`),
    `from f full join r on ${matched(comparison)}`,
  ].join('\n');
}

/** The first rows whose column differs: the entity's columns, `with` (full build) and `without` (rebuild). */
export function showDifferences(comparison: Comparison, column: BoundColumn, limit: number): string {
  const name = quoteName(column.name);
  return [
    paired(comparison),
    `select ${comparison.entity.map((key) => `f.${quoteName(key)}`).join(', ')},`,
    `  f.${name}::varchar as "with", r.${name}::varchar as "without"`,
    `from f join r on ${matched(comparison)}`,
    `where not ${sameValue(column)} order by all limit ${limit}`,
  ].join('\n');
}

/** The first rows that only one side has: the entity's columns and `side` (`full` or `rebuilt`). */
export function showPresence(comparison: Comparison, limit: number): string {
  const keys = comparison.entity.map(quoteName);
  return [
    paired(comparison),
    `select ${keys.map((key) => `coalesce(f.${key}, r.${key}) as ${key}`).join(', ')},`,
    `  case when f.here then 'full' else 'rebuilt' end as side`,
    `from f full join r on ${matched(comparison)}`,
    `where f.here is null or r.here is null order by all limit ${limit}`,
  ].join('\n');
}

function paired({ full, rebuilt, entity, predictionTime, moment, columns }: Comparison): string {
  const keys = entity.map(quoteName);
  const order = columns.map(({ name }) => quoteName(name));
  const number = `row_number() over (partition by ${[...keys, '1'].join(', ')}${
    order.length === 0 ? '' : ` order by ${order.join(', ')}`
  }) as "churn pair", true as here`;
  const at = `where ${quoteName(predictionTime)} = ${moment}`;
  return `with f as (select *, ${number} from ${full} ${at}),\nr as (select *, ${number} from ${rebuilt} ${at})`;
}

function matched({ entity }: Comparison): string {
  const keys = entity.map(quoteName).map((key) => `f.${key} is not distinct from r.${key}`);
  return [...keys, 'f."churn pair" = r."churn pair"'].join(' and ');
}

function sameValue({ name, type }: BoundColumn): string {
  const column = quoteName(name);
  const same = `f.${column} is not distinct from r.${column}`;
  if (!/^(FLOAT|DOUBLE|REAL)$/i.test(type)) return `(${same})`;
  const close = `abs(f.${column} - r.${column}) <= ${FLOAT_TOLERANCE} * greatest(abs(f.${column}), abs(r.${column}))`;
  return `(${same} or coalesce(${close}, false))`;
}
