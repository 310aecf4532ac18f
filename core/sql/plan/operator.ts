import type {
  PlanAggregate,
  PlanComparison,
  PlanExpression,
  PlanOrder,
  PlanType,
  PlanWindow,
} from './expression.ts';

/** DuckDB's bound, unoptimised logical operators. A column is addressed by its position in the child's output. */
export type PlanOperator =
  | GetOperator
  | TableFunctionOperator
  | DummyScanOperator
  | ValuesOperator
  | EmptyOperator
  | ProjectionOperator
  | FilterOperator
  | OrderOperator
  | LimitOperator
  | AggregateOperator
  | DistinctOperator
  | WindowOperator
  | UnnestOperator
  | JoinOperator
  | CrossOperator
  | SetOperator
  | CteOperator
  | RecursiveCteOperator
  | CteRefOperator
  | DelimGetOperator
  | OpaqueOperator;

/** A table scan. `columns` are positions in the table; undefined stands for a row id or other virtual column. */
export interface GetOperator {
  readonly kind: 'get';
  readonly catalog: string;
  readonly schema: string;
  readonly table: string;
  readonly names: readonly string[];
  readonly types: readonly PlanType[];
  readonly columns: readonly (number | undefined)[];
}

/** `generate_series`, `range`, ...: rows made from constants. Files read by table functions are `opaque`. */
export interface TableFunctionOperator {
  readonly kind: 'table function';
  readonly name: string;
  readonly types: readonly PlanType[];
}

export interface DummyScanOperator {
  readonly kind: 'dummy';
}

export interface ValuesOperator {
  readonly kind: 'values';
  readonly rows: readonly (readonly PlanExpression[])[];
  readonly types: readonly PlanType[];
}

export interface EmptyOperator {
  readonly kind: 'empty';
  readonly types: readonly PlanType[];
}

export interface ProjectionOperator {
  readonly kind: 'projection';
  readonly child: PlanOperator;
  readonly expressions: readonly PlanExpression[];
}

/** Keeps rows on which every condition is TRUE; `map` narrows the columns, where present. */
export interface FilterOperator {
  readonly kind: 'filter';
  readonly child: PlanOperator;
  readonly conditions: readonly PlanExpression[];
  readonly map?: readonly number[];
}

export interface OrderOperator {
  readonly kind: 'order';
  readonly child: PlanOperator;
  readonly map?: readonly number[];
}

/** LIMIT, OFFSET, TOP N, SAMPLE: which rows stay depends on all of them. */
export interface LimitOperator {
  readonly kind: 'limit';
  readonly child: PlanOperator;
  readonly what: 'LIMIT' | 'SAMPLE';
}

export interface AggregateOperator {
  readonly kind: 'aggregate';
  readonly child: PlanOperator;
  readonly groups: readonly PlanExpression[];
  readonly aggregates: readonly PlanAggregate[];
  /** Positions in `groups`, one list per grouping set. */
  readonly sets: readonly (readonly number[])[];
  /** Number of GROUPING() columns after the aggregates. */
  readonly groupings: number;
}

export interface DistinctOperator {
  readonly kind: 'distinct';
  readonly child: PlanOperator;
  readonly targets: readonly PlanExpression[];
  readonly on: boolean;
  readonly orders: readonly PlanOrder[];
}

export interface WindowOperator {
  readonly kind: 'window';
  readonly child: PlanOperator;
  readonly windows: readonly PlanWindow[];
}

export interface UnnestOperator {
  readonly kind: 'unnest';
  readonly child: PlanOperator;
  readonly expressions: readonly PlanExpression[];
}

export type JoinType = 'inner' | 'left' | 'right' | 'full' | 'semi' | 'anti' | 'mark' | 'single';

export interface JoinCondition {
  /** Reads the left child's columns. */
  readonly left: PlanExpression;
  /** Reads the right child's columns. */
  readonly right: PlanExpression;
  readonly operator: PlanComparison;
}

export interface JoinOperator {
  readonly kind: 'join';
  readonly type: JoinType;
  readonly left: PlanOperator;
  readonly right: PlanOperator;
  readonly conditions: readonly JoinCondition[];
  /** A condition over left columns followed by right columns. */
  readonly predicate?: PlanExpression;
  /** Keeps, for each left row, only the right row nearest by the inequality. */
  readonly asof: boolean;
  /** Columns of the left child that the right child's `delim get`s stand for. */
  readonly correlated?: readonly PlanExpression[];
}

export interface CrossOperator {
  readonly kind: 'cross';
  readonly left: PlanOperator;
  readonly right: PlanOperator;
}

export interface SetOperator {
  readonly kind: 'union' | 'except' | 'intersect';
  readonly left: PlanOperator;
  readonly right: PlanOperator;
  readonly all: boolean;
}

export interface CteOperator {
  readonly kind: 'cte';
  readonly index: number;
  readonly definition: PlanOperator;
  readonly body: PlanOperator;
}

export interface RecursiveCteOperator {
  readonly kind: 'recursive cte';
  readonly index: number;
  readonly anchor: PlanOperator;
  readonly step: PlanOperator;
  readonly all: boolean;
  readonly width: number;
  readonly keyed: boolean;
}

export interface CteRefOperator {
  readonly kind: 'cte ref';
  readonly index: number;
  readonly types: readonly PlanType[];
  readonly recurring: boolean;
}

/** The distinct values of the enclosing correlated join's columns. */
export interface DelimGetOperator {
  readonly kind: 'delim get';
  readonly types: readonly PlanType[];
}

/** An operator we do not interpret: anything beneath may change anything above. */
export interface OpaqueOperator {
  readonly kind: 'opaque';
  readonly what: string;
  readonly children: readonly PlanOperator[];
  /** Number of output columns, where it can be told. */
  readonly width?: number;
}
