import type { AnyColumn } from './catalog.ts';
import type { FeatureNames, Features, FeatureView } from './feature-view.ts';
import type { Relation } from './references.ts';

type ViewColumns<View> = View extends FeatureView<infer All> ? FeatureNames<All> : never;

type Key<Spine> = AnyColumn<Spine> | readonly AnyColumn<Spine>[];

export interface GoldTableOptions<
  Spine,
  Views extends readonly FeatureView<Features>[],
  Labels = unknown,
  Entity extends Key<Spine> = Key<Spine>,
  Time extends string = string,
  Kept extends AnyColumn<Spine> = AnyColumn<Spine>,
  Omitted extends ViewColumns<Views[number]> = ViewColumns<Views[number]>,
> {
  readonly description?: string;
  readonly config?: Readonly<Record<string, unknown>>;
  readonly spine: Relation<Spine>;
  readonly entity: Entity;
  readonly predictionTime?: Time & AnyColumn<Spine>;
  /** Columns of the spine to take over besides the key: cohort, tier, weight, attributes. */
  readonly keep: readonly Kept[];
  /** The label: a column of the spine, or of another model with the spine's rows. */
  readonly label?:
    | { readonly column: AnyColumn<Spine>; readonly horizon: string; readonly from?: undefined }
    | {
        readonly column: AnyColumn<NoInfer<Labels>>;
        readonly horizon: string;
        readonly from: Relation<Labels>;
      };
  readonly views: Views;
  /** Feature columns to leave out. */
  readonly omit?: readonly Omitted[];
  /**
   * The SQL type of every column, by name. What is built must have these columns and types and no others, before
   * anything is written; TypeScript asks for each by name, but for the label, which `churn check` misses.
   */
  readonly contract?: Contract<
    NoInfer<(Entity extends readonly string[] ? Entity[number] : Entity) | Time | Kept>,
    NoInfer<Exclude<ViewColumns<Views[number]>, Omitted>>,
    NoInfer<AnyColumn<Spine> | AnyColumn<Labels>>
  >;
}

type Contract<Own, Feature, Label> = { readonly [Column in (Own | Feature) & string]: string } & {
  readonly [Column in Label & string]?: string;
};

/** The training and scoring table as data. */
export interface GoldTable {
  readonly churn: 'gold_table';
  readonly description: string | undefined;
  readonly config: Readonly<Record<string, unknown>>;
  readonly spine: Relation;
  readonly entity: readonly string[];
  readonly predictionTime: string;
  readonly keep: readonly string[];
  readonly label: { readonly column: string; readonly horizon: string; readonly from?: Relation } | undefined;
  readonly views: readonly FeatureView[];
  readonly omit: readonly string[];
  readonly contract: Readonly<Record<string, string>> | undefined;
}

/**
 * Assembles feature views, attributes and the label into one row per row of the spine. Rows without any activity stay,
 * with the features' declared defaults.
 *
 * @example
 * export default goldTable({ spine: model('spine'), entity: 'customer_id', keep: ['cohort'],
 *   label: { column: 'churned', horizon: '90 days' }, views: [engagement, support] });
 */
export function goldTable<
  Spine,
  const Views extends readonly FeatureView<Features>[],
  Labels = unknown,
  const Entity extends Key<Spine> = Key<Spine>,
  const Time extends string = 'prediction_time',
  const Kept extends AnyColumn<Spine> = never,
  const Omitted extends ViewColumns<Views[number]> = never,
>(options: GoldTableOptions<Spine, Views, Labels, Entity, Time, Kept, Omitted>): GoldTable {
  const { entity } = options;
  return Object.freeze({
    churn: 'gold_table',
    description: options.description,
    config: Object.freeze({ ...options.config }),
    spine: options.spine,
    entity: Object.freeze((Array.isArray(entity) ? [...entity] : [entity]) as string[]),
    predictionTime: options.predictionTime ?? 'prediction_time',
    keep: Object.freeze([...options.keep]),
    label: options.label,
    views: Object.freeze([...options.views]),
    omit: Object.freeze([...(options.omit ?? [])]),
    contract: options.contract && Object.freeze({ ...options.contract }),
  });
}
