import type { Literal } from './aggregate.ts';
import type { AnyColumn, ColumnOf } from './catalog.ts';
import type { Feature } from './feature.ts';
import { type FeatureTools, featureTools } from './feature-tools.ts';
import type { Relation } from './references.ts';

export type Features = Readonly<Record<string, Feature<string, unknown>>>;

/** The columns that the entry `Name` of a view's features becomes. */
export type ColumnsOf<Name extends string, Entry> =
  Entry extends Feature<infer Suffix, unknown> ? (Suffix extends '' ? Name : `${Name}_${Suffix}`) : never;

/** All columns of a view's features; entries `_name` are steps, not columns. */
export type FeatureNames<All> = {
  [Name in keyof All & string]: Name extends `_${string}` ? never : ColumnsOf<Name, All[Name]>;
}[keyof All & string];

type Collisions<All> = {
  [Name in keyof All & string]: ColumnsOf<Name, All[Name]> &
    {
      [Other in Exclude<keyof All & string, Name>]: ColumnsOf<Other, All[Other]>;
    }[Exclude<keyof All & string, Name>];
}[keyof All & string];

/** An error to read in the editor, where two entries become columns of one name. */
type NoCollision<All> = [Collisions<All>] extends [never]
  ? unknown
  : { readonly features: `two features have the column name ${Collisions<All>}` };

export interface ViewOptions<Row, Spine, All extends Features> {
  /** The model's name; the file has the same. */
  readonly name: string;
  readonly description?: string;
  /** The rows that features are made of. */
  readonly from: Relation<Row>;
  /** A row per entity and prediction time; every one of them is a row of the view. */
  readonly spine: Relation<Spine>;
  /** The column (or columns) that says whose row it is, in both. */
  readonly entity: (AnyColumn<Row> & AnyColumn<Spine>) | readonly (AnyColumn<Row> & AnyColumn<Spine>)[];
  /** The spine's prediction time. Default: `prediction_time`. */
  readonly predictionTime?: ColumnOf<Spine, Date>;
  /** When it happened. */
  readonly time: ColumnOf<Row, Date>;
  /** From when the row was known. */
  readonly availableAt: ColumnOf<Row, Date>;
  /**
   * Which edges of a window [p - w, p) belong to it. `[]` is for days that stand for their close. Default: `[)`.
   */
  readonly edges?: '[)' | '(]' | '[]';
  /** Features are computed for these rows of the spine alone and NULL on all others. */
  readonly cohort?: { readonly column: AnyColumn<Spine>; readonly in: readonly Literal[] };
  /** As `config()` in a SQL model: `alias`, `schema`, `materialized`, `tags`... */
  readonly config?: Readonly<Record<string, unknown>>;
  readonly features: (tools: FeatureTools<Row, Spine>) => All;
}

/** A family of features as data; `featureView` makes it, 2-render compiles it. */
export interface FeatureView<All extends Features = Features> {
  readonly churn: 'feature_view';
  readonly name: string;
  readonly description: string | undefined;
  readonly from: Relation;
  readonly spine: Relation;
  readonly entity: readonly string[];
  readonly predictionTime: string;
  readonly time: string;
  readonly availableAt: string;
  readonly edges: '[)' | '(]' | '[]';
  readonly cohort: { readonly column: string; readonly in: readonly Literal[] } | undefined;
  readonly config: Readonly<Record<string, unknown>>;
  readonly features: All;
}

/**
 * A family of features of one entity, read from one model: a model with a row per row of the spine. Every feature sees
 * only rows that had happened and were known at the prediction time, so it is point-in-time correct by construction;
 * the audit proves it all the same.
 *
 * @example
 * export default featureView({
 *   name: 'support', from: model('silver_support_tickets'), spine: model('gold_customer_spine'),
 *   entity: 'customer_id', time: 'opened_at', availableAt: 'available_at',
 *   features: ({ count }) => ({ tickets: count().over('7d', '30d') }), // tickets_7d, tickets_30d
 * });
 */
export function featureView<Row, Spine, const All extends Features>(
  options: ViewOptions<Row, Spine, All> & NoCollision<All>,
): FeatureView<All> {
  const view: ViewOptions<Row, Spine, All> = options;
  return Object.freeze({
    churn: 'feature_view',
    name: view.name,
    description: view.description,
    from: view.from,
    spine: view.spine,
    entity: Object.freeze(typeof view.entity === 'string' ? [view.entity] : [...view.entity]),
    predictionTime: view.predictionTime ?? 'prediction_time',
    time: view.time,
    availableAt: view.availableAt,
    edges: view.edges ?? '[)',
    cohort: view.cohort,
    config: Object.freeze({ ...view.config }),
    features: Object.freeze(view.features(featureTools<Row, Spine>())),
  });
}
