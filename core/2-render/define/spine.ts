import type { Calendar } from './calendar.ts';
import type { AnyColumn, ColumnOf } from './catalog.ts';
import type { Relation } from './references.ts';

/** A length of whole days: horizons and cohorts are counted in them. */
export type Days = `${number}${'d' | 'w'}`;

/** Entities of one stretch of tenure. An entity's cohort is that of its tenure at the prediction time, never now. */
export interface Cohort {
  /** The cohort ends with this tenure; only the last has no end. */
  readonly until?: Days;
  /** An entity is predicted from this tenure on: before, there is not enough to see. Default: from its start. */
  readonly observed?: Days;
  /** How far the label looks ahead. */
  readonly horizon?: Days;
}

/** What is to be predicted: whether something happens in (p, p + horizon]. NULL while the data end before that. */
export interface SpineLabel<Event = unknown> {
  readonly column: string;
  /** Data are complete up to this instant. Later ones may be missing, so labels that need them are NULL. */
  readonly completeUntil: string;
  /** Rows that are the event, by the spine's entity; default: the end of the entity's life. */
  readonly events?: {
    readonly of: Relation<Event>;
    readonly time: ColumnOf<Event, Date>;
    /** `absent`: the label is true where no event happens. Default: `present`. */
    readonly is?: 'present' | 'absent';
  };
  /** A further column: days from the prediction to the end of those whose life ends within the horizon. */
  readonly daysUntil?: string;
}

export interface SpineOptions<Row, Event> {
  /** The model's name; the file has the same. */
  readonly name: string;
  readonly description?: string;
  /** As `config()` in a SQL model. */
  readonly config?: Readonly<Record<string, unknown>>;
  /** The population: a row per entity, or per entity and version of it. */
  readonly from: Relation<Row>;
  readonly entity: AnyColumn<Row> | readonly AnyColumn<Row>[];
  /** From when the row was known. Of several versions the newest known at the prediction time counts. */
  readonly knownFrom: ColumnOf<Row, Date>;
  /** When the entity's life began; tenure counts from here. */
  readonly start: ColumnOf<Row, Date>;
  /** When it ended; NULL while it lasts. */
  readonly end?: ColumnOf<Row, Date>;
  readonly calendar: Calendar;
  /** The name of the prediction time's column. Default: `prediction_time`. */
  readonly predictionTime?: string;
  /** From the shortest tenure to the longest, by name. */
  readonly cohorts?: Readonly<Record<string, Cohort>>;
  /** Without cohorts: the tenure from which entities are predicted. */
  readonly observed?: Days;
  /** Without cohorts: how far the label looks ahead. */
  readonly horizon?: Days;
  /** Columns of the population to keep, as known at the prediction time. */
  readonly keep?: readonly AnyColumn<Row>[];
  readonly label?: SpineLabel<Event>;
}

/** Who is predicted when, as data; `spine` makes it, 2-render compiles it. */
export interface Spine {
  readonly churn: 'spine';
  readonly name: string;
  readonly description: string | undefined;
  readonly config: Readonly<Record<string, unknown>>;
  readonly from: Relation;
  readonly entity: readonly string[];
  readonly knownFrom: string;
  readonly start: string;
  readonly end: string | undefined;
  readonly calendar: Calendar;
  readonly predictionTime: string;
  /** One of the empty name where none are declared. */
  readonly cohorts: readonly (Cohort & { readonly name: string })[];
  readonly keep: readonly string[];
  readonly label: SpineLabel | undefined;
}

/**
 * Every entity at every prediction time at which it was known and alive: the rows of the gold table. An entity appears
 * only from when it was known; its cohort is that of its tenure then; its label looks ahead as far as its cohort says.
 *
 * Columns: the entity, `prediction_time`, `cohort`, `tenure_days`, what is kept, and with a horizon `horizon_days`,
 * `label_known_at` and the label.
 *
 * @example
 * export default spine({
 *   name: 'gold_customer_spine', from: model('silver_customers'),
 *   entity: 'customer_id', knownFrom: 'known_from', start: 'signed_up_at', end: 'cancelled_at',
 *   calendar: monthly({ first: '2024-01-01', count: 12 }),
 *   cohorts: { new: { until: '60d', observed: '14d', horizon: '30d' }, old: { horizon: '90d' } },
 *   label: { column: 'churned', completeUntil: '2025-03-04' },
 * });
 */
export function spine<Row, Event>(options: SpineOptions<Row, Event>): Spine {
  const { entity, cohorts, observed, horizon } = options;
  const one = { name: '', ...(observed && { observed }), ...(horizon && { horizon }) };
  const list = cohorts === undefined ? [one] : Object.entries(cohorts).map(([name, c]) => ({ ...c, name }));
  return Object.freeze({
    churn: 'spine',
    name: options.name,
    description: options.description,
    config: Object.freeze({ ...options.config }),
    from: options.from,
    entity: Object.freeze([entity].flat() as string[]),
    knownFrom: options.knownFrom,
    start: options.start,
    end: options.end,
    calendar: options.calendar,
    predictionTime: options.predictionTime ?? 'prediction_time',
    cohorts: Object.freeze(list),
    keep: Object.freeze([...(options.keep ?? [])]),
    label: options.label as SpineLabel | undefined,
  });
}
