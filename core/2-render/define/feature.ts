import type { AggregateTerm, Comparison, Default, Literal } from './aggregate.ts';
import type { Fragment } from './references.ts';

/** How a change is told: `(new - old) / (old + 1)`, `(new - old) / old` (NULL without an old one), or `new - old`. */
export type ChangeForm = 'damped' | 'relative' | 'difference';

/** What a feature is, as data. Windows are texts such as `30d`; `all` is the whole history. */
export type FeatureTerm =
  | {
      readonly kind: 'windows';
      readonly aggregate: AggregateTerm;
      readonly windows: readonly string[];
      /** The column has the entry's own name: one window, or none. */
      readonly bare?: true;
      readonly type: string | undefined;
    }
  | {
      readonly kind: 'change';
      readonly aggregate: AggregateTerm;
      readonly window: string;
      readonly form: ChangeForm;
    }
  | {
      readonly kind: 'slope';
      readonly aggregate: AggregateTerm;
      readonly window: string;
      readonly period: string;
    }
  | {
      readonly kind: 'since';
      /** 1 is the first event, -1 the last. */
      readonly nth: number;
      readonly unit: 'hour' | 'day';
      readonly windows: readonly string[];
      readonly bare?: true;
    }
  | { readonly kind: 'streak'; readonly period: string; readonly window: string }
  | { readonly kind: 'divide'; readonly over: string; readonly under: string }
  | { readonly kind: 'sql'; readonly sql: Fragment };

export interface FeatureOptions {
  readonly default?: Default;
  readonly offset?: string;
  readonly type?: string;
  readonly description?: string;
  readonly only: readonly SpineCondition[];
}

export type SpineCondition =
  | { readonly column: string; readonly operator: Comparison; readonly value: Literal }
  | { readonly column: string; readonly values: readonly Literal[] }
  | { readonly sql: Fragment };

/**
 * A feature, or several that differ in their window. `Suffix` is what follows the name in its column: a window, or
 * nothing.
 */
export class Feature<Suffix extends string, Value, Spine = unknown> {
  declare readonly suffix: Suffix;
  declare readonly value: Value;
  declare readonly spine: Spine;

  constructor(
    readonly term: FeatureTerm,
    readonly options: FeatureOptions = { only: [] },
  ) {
    Object.freeze(this);
  }

  /** What the feature is where its window holds nothing. Counts and sums: 0 unless told otherwise; else NULL. */
  default(value: Exclude<Default, undefined>): Feature<Suffix, Value, Spine> {
    return this.#with({ default: value });
  }

  /** Ends the window that long before the prediction time: [p - offset - window, p - offset). */
  offset(by: `${number}${'h' | 'd' | 'w' | 'mo'}`): Feature<Suffix, Value, Spine> {
    return this.#with({ offset: by });
  }

  /** The SQL type of the column. */
  as(type: string): Feature<Suffix, Value, Spine> {
    return this.#with({ type });
  }

  /** Documents the column; `{window}` stands for the window. */
  describe(description: string): Feature<Suffix, Value, Spine> {
    return this.#with({ description });
  }

  /** NULL where this does not hold for the row of the spine. */
  onlyWhere(column: string, operator: Comparison, value: Literal): Feature<Suffix, Value, Spine> {
    return this.#with({ only: [...this.options.only, { column, operator, value }] });
  }

  #with(options: Partial<FeatureOptions>): Feature<Suffix, Value, Spine> {
    return new Feature(this.term, { ...this.options, ...options });
  }
}
