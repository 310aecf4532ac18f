import { Aggregate, type AggregateFunction, type AggregateTerm, type PerPeriod } from './aggregate.ts';
import type { AnyColumn, ColumnOf } from './catalog.ts';
import { type Duration, type FixedDuration, parseDuration } from './duration.ts';
import { type ChangeForm, Feature } from './feature.ts';
import { type Fragment, type Place, sql } from './references.ts';
import type { WithinHistory } from './within-history.ts';

type Numeric<Row> = ColumnOf<Row, number | bigint> | Fragment<number>;
type Orderable<Row> = AnyColumn<Row> | Fragment;

/** What a view's features are made of: aggregates of the rows it reads, each typed by their columns. */
export interface FeatureTools<Row, Spine> {
  /** Rows; with a column, those where it is not NULL. Default 0. */
  count(column?: AnyColumn<Row>): Aggregate<Row, number>;
  /** Different values. Default 0. */
  countDistinct(column: Orderable<Row>): Aggregate<Row, number>;
  /** Default 0. DOUBLE. */
  sum(column: Numeric<Row>): Aggregate<Row, number>;
  avg(column: Numeric<Row>): Aggregate<Row, number>;
  min(column: Orderable<Row>): Aggregate<Row, number>;
  max(column: Orderable<Row>): Aggregate<Row, number>;
  /** The value at the earliest event where it is not NULL; of equal instants, the one known first. */
  first(column: AnyColumn<Row>): Aggregate<Row, number>;
  /** The value at the latest event where it is not NULL; of equal instants, the one known last. */
  last(column: AnyColumn<Row>): Aggregate<Row, number>;
  /** An attribute as of the prediction time: the value of the latest row, NULL if it is NULL there. */
  asOf(column: AnyColumn<Row>): Aggregate<Row, number>;
  /** Sample standard deviation; NULL below two rows. */
  stddev(column: Numeric<Row>): Aggregate<Row, number>;
  /** Interpolated, as `quantile_cont`. */
  quantile(column: Numeric<Row>, q: number): Aggregate<Row, number>;
  /** The most frequent value; of several, the smallest. */
  mode(column: AnyColumn<Row>): Aggregate<Row, number>;
  /** Sum of a column (or of 1) in which a row of age `halfLife` weighs half. */
  decay(column: Numeric<Row> | 1, halfLife: FixedDuration): Aggregate<Row, number>;
  /** One aggregate over another of the same window; NULL where the second is 0 or NULL. */
  ratio(over: Aggregate<Row, number>, under: Aggregate<Row, number>): Aggregate<Row, number>;
  /** The rows an aggregate counts, over all rows of the window; NULL without rows. */
  share(counted: Aggregate<Row, number>): Aggregate<Row, number>;
  /** The last window against the one before it. */
  change<const Window extends Duration>(
    aggregate: Aggregate<Row, number>,
    window: Window,
    form?: ChangeForm,
  ): WithinHistory<Row, Window, Feature<'', number>>;
  /** Least-squares slope through the aggregate per period, in units per period; empty periods count with 0. */
  slope<const Window extends FixedDuration>(
    pieces: PerPeriod<Row>,
    window: Window,
  ): WithinHistory<Row, Window, Feature<'', number>>;
  /** Whole days (or hours) from the first event of the window to the prediction time. */
  sinceFirst(unit?: 'day' | 'hour'): Since<Row>;
  /** Whole days (or hours) from the last event of the window to the prediction time. */
  sinceLast(unit?: 'day' | 'hour'): Since<Row>;
  /** The same from the n-th event of the window, NULL where there are fewer; -2 is the last but one. */
  sinceNth(n: number, unit?: 'day' | 'hour'): Since<Row>;
  /** How many periods in a row, counted back from the prediction time, hold a row; 0 if the last one is empty. */
  streak<const Window extends FixedDuration>(
    period: FixedDuration,
    window: Window,
  ): WithinHistory<Row, Window, Feature<'', number>>;
  /** One feature of this view over another, by the names of their columns; NULL over 0. */
  divide(over: string, under: string): Feature<'', number>;
  /** The way out: any SQL over the row of the spine and, by `feature`, the other features. */
  derive(expression: Fragment): Feature<'', number>;
  sql: typeof sql;
  /** A column of the rows read, inside SQL. */
  col(name: AnyColumn<Row>): Place;
  /** A column of the spine, inside SQL. */
  spine(name: AnyColumn<Spine>): Place;
  /** Another feature of this view, inside `derive`. */
  feature(name: string): Place;
  /** The prediction time, inside SQL. */
  readonly at: Place;
}

export interface Since<Row> {
  over<const Windows extends readonly [Duration, ...Duration[]]>(
    ...windows: Windows
  ): WithinHistory<Row, Windows[number], Feature<Windows[number], number>>;
  /** Within one window, without a suffix. */
  within<const Window extends Duration>(window: Window): WithinHistory<Row, Window, Feature<'', number>>;
  ever(): Feature<'', number>;
}

/** The tools, for the features callback of a view. */
export function featureTools<Row, Spine>(): FeatureTools<Row, Spine> {
  const base = (name: AggregateFunction, argument?: string | Fragment, parameter?: number) =>
    new Aggregate<Row, number>({
      kind: 'base',
      function: name,
      conditions: [],
      ...(argument !== undefined && { argument }),
      ...(parameter !== undefined && { parameter }),
    });
  const since = (nth: number, unit: 'day' | 'hour' = 'day'): Since<Row> => ({
    over: (...windows) => new Feature({ kind: 'since', nth, unit, windows }),
    within: (window) => new Feature({ kind: 'since', nth, unit, windows: [window], bare: true }),
    ever: () => new Feature({ kind: 'since', nth, unit, windows: ['all'] }),
  });
  const ratio = (over: AggregateTerm, under: AggregateTerm) =>
    new Aggregate<Row, number>({ kind: 'ratio', over, under });
  return {
    count: (column) => base('count', column),
    countDistinct: (column) => base('count_distinct', column),
    sum: (column) => base('sum', column),
    avg: (column) => base('avg', column),
    min: (column) => base('min', column),
    max: (column) => base('max', column),
    first: (column) => base('first', column),
    last: (column) => base('last', column),
    asOf: (column) => base('as_of', column),
    stddev: (column) => base('stddev', column),
    quantile: (column, q) => base('quantile', column, q),
    mode: (column) => base('mode', column),
    decay: (column, halfLife) =>
      base('decay', column === 1 ? sql`1` : column, parseDuration(halfLife)?.longest ?? Number.NaN),
    ratio: (over, under) => ratio(over.term, under.term),
    share: (counted) => ratio(counted.term, { kind: 'base', function: 'count', conditions: [] }),
    change: (aggregate, window, form = 'damped') =>
      new Feature({ kind: 'change', aggregate: aggregate.term, window, form }),
    slope: ({ aggregate, period }, window) =>
      new Feature({ kind: 'slope', aggregate: aggregate.term, window, period }),
    sinceFirst: (unit) => since(1, unit),
    sinceLast: (unit) => since(-1, unit),
    sinceNth: since,
    streak: (period, window) => new Feature({ kind: 'streak', period, window }),
    divide: (over, under) => new Feature({ kind: 'divide', over, under }),
    derive: (expression) => new Feature({ kind: 'sql', sql: expression }),
    sql,
    col: (name) => ({ place: 'row', name }),
    spine: (name) => ({ place: 'spine', name }),
    feature: (name) => ({ place: 'feature', name }),
    at: { place: 'prediction_time', name: '' },
  };
}
