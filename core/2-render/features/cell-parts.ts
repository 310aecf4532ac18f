import type { Condition } from '../define/aggregate.ts';
import { type Fragment, isFragment, isMacroCall } from '../define/references.ts';
import type { Wanted } from './rings.ts';
import { type PartFunction, partText } from './terms.ts';
import type { Clock } from './window.ts';

const functions = new Set<Wanted['term']['function']>([
  'count',
  'sum',
  'avg',
  'min',
  'max',
  'stddev',
  'first_time',
  'last_time',
]);

/** Whether rows can be summed up before they meet a prediction time: nothing in the aggregate may depend on it. */
export function isOverCells({ function: name, argument, conditions }: Wanted['term']): boolean {
  return functions.has(name) && (!isFragment(argument) || isOfRows(argument)) && conditions.every(ofRows);
}

function ofRows(condition: Condition): boolean {
  return condition.kind === 'sql' ? isOfRows(condition.sql) : condition.kind !== 'known';
}

/** Columns of the rows alone. Of a macro nobody knows what it reads, nor of text that names the spine by itself. */
function isOfRows({ strings, holes }: Fragment): boolean {
  if (strings.some((text) => /\bs\s*\./.test(text))) return false;
  return holes.every((hole) => {
    if (isFragment(hole)) return isOfRows(hole);
    if (isMacroCall(hole)) return false;
    return typeof hole !== 'object' || hole === null || hole.place === 'row';
  });
}

/** The name of a column of the cells, made of SQL over rows; equal ones have one. */
export type Column = (wish: string, text: string) => string;

/**
 * A part of an aggregate over a ring, as SQL over the cells in it (`c`), of the same type as over rows. What cells have to sum
 * up for it is asked of `column`.
 *
 * Counts and measures are added as DOUBLE, which is exact up to 2^53 and half as dear as the 128 bits of DuckDB's own sums; a
 * sum that a feature wants in its column's own type stays in that.
 *
 * Squares around the mean M of all cells are those within cells and n (m - M)^2 of each. The latter add up to
 * C(nm, m) - M C(n, m), where C is the sum of products of distances from plain means: engines compute it as they go along
 * (Welford 1962), so no digits are lost to a large M.
 */
export function overCells(
  part: PartFunction,
  { term, isDouble }: Wanted,
  clock: Clock,
  column: Column,
): string {
  const of: Column = (wish, sql) => `c.${column(wish, sql)}`;
  const text = (kind: PartFunction) => partText(kind, term, clock);
  const count = () => of('count', `${text('count')}::double`);
  const double = () => of('sum', `${text('sum')}::double`);
  switch (part) {
    case 'count':
      return `sum(${count()})::bigint`;
    case 'sum':
      return `sum(${isDouble ? double() : of('sum', text('sum'))})`;
    case 'min':
    case 'first_time':
      return `min(${of(part, text(part))})`;
    case 'max':
    case 'last_time':
      return `max(${of(part, text(part))})`;
    case 'mean':
      return `sum(${double()}) / nullif(sum(${count()}), 0)`;
    case 'squares': {
      const [n, sum, mean] = [count(), double(), of('mean', text('mean'))];
      const between = `regr_sxy(${sum}, ${mean}) - sum(${sum}) / nullif(sum(${n}), 0) * regr_sxy(${n}, ${mean})`;
      return `sum(${of('squares', text('squares'))}) + greatest(${between}, 0)`;
    }
    default:
      throw new Error(`\`${part}\` is not computed over cells`);
  }
}
