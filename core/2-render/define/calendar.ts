import type { AnyColumn, ColumnOf } from './catalog.ts';
import type { Duration } from './duration.ts';
import type { Relation } from './references.ts';

/** When predictions are made, as data. */
export type Calendar =
  | {
      readonly kind: 'periods';
      readonly unit: 'month' | 'week' | 'day';
      /** The first instant, `2024-01-01` or `2024-01-01 06:00:00` (UTC). */
      readonly first: string;
      readonly last: { readonly count: number } | { readonly until: string };
      readonly before: string | undefined;
    }
  | { readonly kind: 'times'; readonly of: Relation; readonly column: string }
  | {
      readonly kind: 'events';
      readonly of: Relation;
      readonly entity: readonly string[];
      readonly knownAt: string;
      readonly delay: string | undefined;
    };

export type Periods = {
  /** The first prediction time: `2024-01-01`, or with a time of day (UTC). */
  readonly first: string;
  /** Moves every prediction time earlier: `1d` makes month ends of the firsts of months. */
  readonly before?: Duration;
} & (
  | { readonly count: number; readonly until?: undefined }
  /** The last prediction time is at or before this instant. */
  | { readonly until: string; readonly count?: undefined }
);

const periods = (unit: 'month' | 'week' | 'day', { first, count, until, before }: Periods): Calendar =>
  Object.freeze({
    kind: 'periods',
    unit,
    first,
    last: count === undefined ? { until: until as string } : { count },
    before,
  });

/**
 * The same day of each month; of a month without that day, its last.
 *
 * @example monthly({ first: '2024-01-01', count: 12 })
 */
export const monthly = (options: Periods): Calendar => periods('month', options);

/** Every seven days. @example weekly({ first: '2024-01-01', until: '2024-12-31' }) */
export const weekly = (options: Periods): Calendar => periods('week', options);

/** Every day. @example daily({ first: '2024-01-01', count: 90 }) */
export const daily = (options: Periods): Calendar => periods('day', options);

/**
 * The instants that a model holds; it must not depend on data of the future, such as a calendar.
 *
 * @example timesOf(model('gold_prediction_times'), 'prediction_time')
 */
export function timesOf<Row>(of: Relation<Row>, column: ColumnOf<Row, Date>): Calendar {
  return Object.freeze({ kind: 'times', of, column });
}

/**
 * One prediction per event, for the entity it happened to, at the instant the event became known (or `delay` later):
 * before that, nobody could have known that there was anything to predict.
 *
 * @example eachEvent(model('silver_support_tickets'), { entity: 'customer_id', knownAt: 'available_at' })
 */
export function eachEvent<Row>(
  of: Relation<Row>,
  options: {
    /** The event's columns for the spine's entity, in its order. */
    readonly entity: AnyColumn<Row> | readonly AnyColumn<Row>[];
    readonly knownAt: ColumnOf<Row, Date>;
    readonly delay?: Duration;
  },
): Calendar {
  return Object.freeze({
    kind: 'events',
    of,
    entity: Object.freeze([options.entity].flat() as string[]),
    knownAt: options.knownAt,
    delay: options.delay,
  });
}
