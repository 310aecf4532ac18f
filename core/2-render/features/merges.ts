import type { AggregateFunction, AggregateTerm } from '../define/aggregate.ts';
import type { PartFunction } from './terms.ts';

type BaseTerm = Extract<AggregateTerm, { kind: 'base' }>;
type Columns = readonly string[];

/** An aggregate that is computed per ring, and its value over several rings from those of each. */
interface Merger {
  /** What each ring computes. */
  readonly parts: readonly PartFunction[];
  /** The whole, from the columns of each part, the youngest ring first; NULL where no ring has a value. */
  readonly merge: (...parts: readonly Columns[]) => string;
  /** The same with 0 for NULL, where that is shorter. */
  readonly orZero?: (...parts: readonly Columns[]) => string;
}

const listed = (columns: Columns): string => columns.join(', ');

/** Always added in this order, so that floating point gives the same every time. */
const sum = (columns: Columns = []): string => columns.map((column) => `coalesce(${column}, 0)`).join(' + ');

const sumOrNull = (columns: Columns = []): string => {
  if (columns.length === 1) return listed(columns);
  return `case when coalesce(${listed(columns)}) is not null then ${sum(columns)} end`;
};

const adding = (part: AggregateFunction): Merger => ({ parts: [part], merge: sumOrNull, orZero: sum });

const calling = (part: AggregateFunction, name: string): Merger => ({
  parts: [part],
  merge: (columns = []) => (columns.length === 1 ? listed(columns) : `${name}(${listed(columns)})`),
});

const oldestOf = (part: AggregateFunction): Merger => ({
  parts: [part],
  merge: (columns = []) =>
    columns.length === 1 ? listed(columns) : `coalesce(${listed([...columns].reverse())})`,
});

/**
 * The aggregates that merge. Rings follow one another in time, so that the last value is the youngest ring's that has
 * one. Distinct values, quantiles, modes and n-th events need all rows at once and are not here.
 */
const mergers: Readonly<Partial<Record<AggregateFunction, Merger>>> = {
  count: { parts: ['count'], merge: sum, orZero: sum },
  sum: adding('sum'),
  decay: adding('decay'),
  min: calling('min', 'least'),
  max: calling('max', 'greatest'),
  first: oldestOf('first'),
  first_time: oldestOf('first_time'),
  last: calling('last', 'coalesce'),
  last_time: calling('last_time', 'coalesce'),
  as_of: {
    parts: ['as_of', 'rows'],
    merge: (values = [], rows = []) =>
      `case ${values.map((value, i) => `when ${rows[i]} > 0 then ${value}`).join(' ')} end`,
  },
  avg: {
    parts: ['sum', 'count'],
    merge: (sums = [], counts = []) => `(${sum(sums)}) / nullif(${sum(counts)}, 0)`,
  },
  stddev: { parts: ['count', 'sum', 'mean', 'squares'], merge: deviation },
};

/** @returns what to compute in each ring, and how to merge it; undefined where parts do not add up to the whole */
export function mergerOf(term: BaseTerm): Merger | undefined {
  return mergers[term.function];
}

/**
 * Squares around the mean of all: those within the rings, and of each ring its mean's distance from that of all, squared, for
 * each of its values. Unlike a difference of sums of squares this loses no digits: an error in the mean of all counts squared.
 */
function deviation(
  counts: Columns = [],
  sums: Columns = [],
  means: Columns = [],
  squares: Columns = [],
): string {
  const n = sum(counts);
  const mean = `(${sum(sums)}) / (${n})`;
  const apart = means.map((each) => `(${each} - ${mean})`);
  const between = apart.map((distance, i) => `coalesce(${counts[i]} * ${distance} * ${distance}, 0)`);
  const around = between.length === 1 ? '' : ` + ${between.join(' + ')}`;
  return `case when ${n} > 1 then sqrt((${sum(squares)}${around}) / (${n} - 1)) end`;
}
