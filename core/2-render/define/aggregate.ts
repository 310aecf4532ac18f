import type { AnyColumn } from './catalog.ts';
import type { Duration, FixedDuration } from './duration.ts';
import { Feature, type FeatureTerm } from './feature.ts';
import type { Fragment } from './references.ts';
import type { WithinHistory } from './within-history.ts';

export type Comparison = '=' | '<>' | '<' | '<=' | '>' | '>=';

/** A condition on the rows an aggregate takes. */
export type Condition =
  | {
      readonly kind: 'compare';
      readonly column: string;
      readonly operator: Comparison;
      readonly value: Literal;
    }
  | { readonly kind: 'in'; readonly column: string; readonly values: readonly Literal[] }
  | { readonly kind: 'sql'; readonly sql: Fragment }
  | { readonly kind: 'known'; readonly column: string };

export type Literal = string | number | boolean;

export type AggregateFunction =
  | 'count'
  | 'count_distinct'
  | 'sum'
  | 'avg'
  | 'min'
  | 'max'
  | 'first'
  | 'last'
  | 'as_of'
  | 'stddev'
  | 'quantile'
  | 'mode'
  | 'decay'
  | 'first_time'
  | 'last_time'
  | 'nth_time';

/** What an aggregate computes, before it has a window. */
export type AggregateTerm =
  | {
      readonly kind: 'base';
      readonly function: AggregateFunction;
      readonly argument?: string | Fragment;
      /** The quantile; microseconds of the half-life of `decay`; of `nth_time` which one, from 1 or -1. */
      readonly parameter?: number;
      readonly conditions: readonly Condition[];
    }
  | { readonly kind: 'ratio'; readonly over: AggregateTerm; readonly under: AggregateTerm };

/** What a feature is when its window holds no rows: the declared default; undefined means the function's own. */
export type Default = number | string | boolean | null | undefined;

/** An aggregate of `Row`s, of no window yet. Every method gives a new one. */
export class Aggregate<Row, Value> {
  constructor(
    readonly term: AggregateTerm,
    readonly type: string | undefined = undefined,
  ) {
    Object.freeze(this);
  }

  /** Only rows for which the comparison holds. */
  where<Name extends AnyColumn<Row>>(
    column: Name,
    operator: Comparison,
    value: NonNullable<Row[Name]> & Literal,
  ): Aggregate<Row, Value> {
    return this.#with({ kind: 'compare', column, operator, value });
  }

  /** Only rows whose column has one of the values. */
  whereIn<Name extends AnyColumn<Row>>(
    column: Name,
    values: readonly (NonNullable<Row[Name]> & Literal)[],
  ): Aggregate<Row, Value> {
    return this.#with({ kind: 'in', column, values });
  }

  /** Only rows for which SQL holds. */
  filter(condition: Fragment): Aggregate<Row, Value> {
    return this.#with({ kind: 'sql', sql: condition });
  }

  /** Only rows whose cell was known: this instant is at or before the prediction time. */
  knownAt(column: AnyColumn<Row>): Aggregate<Row, Value> {
    return this.#with({ kind: 'known', column });
  }

  /** The SQL type of the feature, instead of the function's own. */
  as(type: string): Aggregate<Row, Value> {
    return new Aggregate(this.term, type);
  }

  /** One feature per window, each named `<name>_<window>`. */
  over<const Windows extends readonly [Duration, ...Duration[]]>(
    ...windows: Windows
  ): WithinHistory<Row, Windows[number], Feature<Windows[number], Value>> {
    return feature({ kind: 'windows', aggregate: this.term, windows, type: this.type });
  }

  /** Over one window, without a suffix. */
  within<const Window extends Duration>(window: Window): WithinHistory<Row, Window, Feature<'', Value>> {
    return feature({
      kind: 'windows',
      aggregate: this.term,
      windows: [window],
      bare: true,
      type: this.type,
    });
  }

  /** Over the whole history, without a suffix. */
  ever(): Feature<'', Value> {
    return new Feature({ kind: 'windows', aggregate: this.term, windows: ['all'], type: this.type });
  }

  /** Cut into pieces of this length, for `slope`. */
  per(period: FixedDuration): PerPeriod<Row> {
    return { aggregate: this as Aggregate<Row, unknown>, period };
  }

  #with(condition: Condition): Aggregate<Row, Value> {
    return new Aggregate(withCondition(this.term, condition), this.type);
  }
}

/** The feature of a term; whether its windows fit is for the compiler alone. */
function feature<Result>(term: FeatureTerm): Result {
  return new Feature(term) as Result;
}

export interface PerPeriod<Row> {
  readonly aggregate: Aggregate<Row, unknown>;
  readonly period: FixedDuration;
}

function withCondition(term: AggregateTerm, condition: Condition): AggregateTerm {
  if (term.kind === 'base') return { ...term, conditions: [...term.conditions, condition] };
  return {
    kind: 'ratio',
    over: withCondition(term.over, condition),
    under: withCondition(term.under, condition),
  };
}
