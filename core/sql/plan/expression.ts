/**
 * DuckDB's bound expressions, as `json_serialize_plan` writes them: names resolved, overloads chosen, types
 * known. `at` is the offset in the planned SQL, where DuckDB kept it. Frozen data.
 */
export type PlanExpression =
  | RefExpression
  | ConstantExpression
  | CastExpression
  | FunctionExpression
  | ComparisonExpression
  | ConjunctionExpression
  | BetweenExpression
  | CaseExpression
  | OperatorExpression
  | UnnestExpression
  | OpaqueExpression;

interface Located {
  readonly at?: number;
}

/** A DuckDB type's id without its parameters: `TIMESTAMP WITH TIME ZONE`, `DECIMAL`, `LIST`. */
export type PlanType = string;

/** The `index`-th column of what the operator reads (left columns first, in a join). */
export interface RefExpression extends Located {
  readonly kind: 'ref';
  readonly type: PlanType;
  readonly index: number;
}

export interface IntervalValue {
  readonly months: number;
  readonly days: number;
  readonly micros: number;
}

/** Dates are days, timestamps microseconds since 1970; `unreadable` stands for values we do not interpret. */
export interface ConstantExpression extends Located {
  readonly kind: 'constant';
  readonly type: PlanType;
  readonly value:
    | { readonly kind: 'null' }
    | { readonly kind: 'boolean'; readonly value: boolean }
    | { readonly kind: 'number'; readonly value: number }
    | { readonly kind: 'text'; readonly value: string }
    | { readonly kind: 'interval'; readonly value: IntervalValue }
    | { readonly kind: 'unreadable'; readonly key: string };
}

export interface CastExpression extends Located {
  readonly kind: 'cast';
  readonly type: PlanType;
  readonly child: PlanExpression;
  readonly tries: boolean;
}

export interface FunctionExpression extends Located {
  readonly kind: 'function';
  readonly type: PlanType;
  readonly name: string;
  readonly children: readonly PlanExpression[];
  /** What the function was bound with besides its arguments (a lambda, a format), as text: part of its identity. */
  readonly bind: string;
  readonly lambda?: PlanLambda;
  /** Names of the fields, where the function makes a struct of its children. */
  readonly fields?: readonly string[];
}

/** What a list function does with each element. Its references are its own. */
export interface PlanLambda {
  readonly body: PlanExpression;
  /** It sees neither an index nor what was folded so far: reference 0 is the element, 1 and on are the children from 1 on. */
  readonly ofElement: boolean;
}

export type PlanComparison = '=' | '<>' | '<' | '>' | '<=' | '>=' | 'is distinct' | 'is not distinct';

export interface ComparisonExpression extends Located {
  readonly kind: 'comparison';
  readonly type: PlanType;
  readonly operator: PlanComparison;
  readonly left: PlanExpression;
  readonly right: PlanExpression;
}

export interface ConjunctionExpression extends Located {
  readonly kind: 'conjunction';
  readonly type: PlanType;
  readonly operator: 'and' | 'or';
  readonly children: readonly PlanExpression[];
}

export interface BetweenExpression extends Located {
  readonly kind: 'between';
  readonly type: PlanType;
  readonly input: PlanExpression;
  readonly lower: PlanExpression;
  readonly upper: PlanExpression;
  readonly lowerInclusive: boolean;
  readonly upperInclusive: boolean;
}

export interface CaseExpression extends Located {
  readonly kind: 'case';
  readonly type: PlanType;
  readonly branches: readonly { readonly when: PlanExpression; readonly result: PlanExpression }[];
  readonly otherwise: PlanExpression;
}

export interface OperatorExpression extends Located {
  readonly kind: 'operator';
  readonly type: PlanType;
  readonly operator: 'not' | 'is null' | 'is not null' | 'coalesce' | 'in' | 'not in';
  readonly children: readonly PlanExpression[];
}

export interface UnnestExpression extends Located {
  readonly kind: 'unnest';
  readonly type: PlanType;
  readonly child: PlanExpression;
}

/** A class we do not interpret: its value is unknown, but it can depend on nothing but `children`. */
export interface OpaqueExpression extends Located {
  readonly kind: 'opaque';
  readonly type: PlanType;
  readonly what: string;
  readonly children: readonly PlanExpression[];
  readonly key: string;
}

export interface PlanOrder {
  readonly expression: PlanExpression;
  readonly descending: boolean;
  readonly nullsFirst: boolean;
}

export interface PlanAggregate extends Located {
  readonly name: string;
  readonly type: PlanType;
  readonly children: readonly PlanExpression[];
  readonly filter?: PlanExpression;
  readonly orders: readonly PlanOrder[];
  readonly distinct: boolean;
}

export type PlanFrameBound =
  | { readonly kind: 'unbounded preceding' | 'unbounded following' | 'current row' }
  | {
      readonly kind: 'preceding' | 'following';
      /** For RANGE frames the bound itself (order key -/+ distance), for ROWS and GROUPS the distance. */
      readonly expression: PlanExpression;
    };

export interface PlanWindow extends Located {
  /** `row_number`, `lag`, ... or the aggregate's name. */
  readonly name: string;
  readonly function: 'aggregate' | 'rank' | 'whole partition' | 'lag' | 'lead' | 'frame value' | 'unknown';
  readonly type: PlanType;
  readonly children: readonly PlanExpression[];
  readonly partitions: readonly PlanExpression[];
  readonly orders: readonly PlanOrder[];
  readonly filter?: PlanExpression;
  readonly unit: 'rows' | 'range' | 'groups';
  readonly start: PlanFrameBound;
  readonly end: PlanFrameBound;
  /** Of lag and lead, 1 by default; a negative one looks the other way. */
  readonly offset?: PlanExpression;
  /** The default of lag and lead, orders of arguments: read for dependencies only. */
  readonly others: readonly PlanExpression[];
}
