import type { Expression, OrderItem } from './expression.ts';
import type { TypeNode } from './type.ts';

/** DISTINCT, ORDER BY and LIMIT apply to the whole query they stand on, in this order. */
interface QueryBase {
  readonly ctes: readonly Cte[];
  /** `DISTINCT` (empty `on`) or `DISTINCT ON (...)`. */
  readonly distinct?: { readonly on: readonly Expression[] };
  readonly orderBy: readonly OrderItem[];
  readonly limit?: Limit;
}

export interface Limit {
  readonly count?: Expression;
  readonly offset?: Expression;
  /** `LIMIT 10%`. */
  readonly percent: boolean;
}

export interface Cte {
  readonly name: string;
  readonly columns: readonly string[];
  readonly query: Query;
  readonly materialized: 'default' | 'always' | 'never';
}

export interface Select extends QueryBase {
  readonly kind: 'select';
  readonly items: readonly Expression[];
  readonly from: FromItem;
  readonly where?: Expression;
  readonly groupBy: GroupBy;
  readonly having?: Expression;
  readonly qualify?: Expression;
  /** `USING SAMPLE` on the whole select. */
  readonly sample?: Sample;
}

export type GroupBy =
  | { readonly kind: 'none' }
  | { readonly kind: 'all' }
  /** `sets` index into `keys`; a plain GROUP BY is one set of all keys. */
  | {
      readonly kind: 'keys';
      readonly keys: readonly Expression[];
      readonly sets: readonly (readonly number[])[];
    };

export interface SetOperation extends QueryBase {
  readonly kind: 'set-operation';
  readonly operator: 'union' | 'except' | 'intersect' | 'union by name';
  readonly all: boolean;
  readonly left: Query;
  readonly right: Query;
}

export interface RecursiveCte extends QueryBase {
  readonly kind: 'recursive';
  readonly name: string;
  readonly columns: readonly string[];
  readonly all: boolean;
  readonly anchor: Query;
  readonly step: Query;
  /** `USING KEY (...)`. */
  readonly keys: readonly Expression[];
}

export type Query = Select | SetOperation | RecursiveCte;

export interface Sample {
  readonly size: number;
  readonly percent: boolean;
  readonly method: string;
  readonly seed?: number;
}

interface FromBase {
  readonly at?: number;
  readonly alias?: string;
  readonly sample?: Sample;
}

export interface TableRef extends FromBase {
  readonly kind: 'table';
  readonly catalog?: string;
  readonly schema?: string;
  readonly name: string;
  readonly columns: readonly string[];
}

export interface SubqueryRef extends FromBase {
  readonly kind: 'subquery';
  readonly query: Query;
  readonly columns: readonly string[];
}

export interface TableFunction extends FromBase {
  readonly kind: 'function';
  readonly call: Expression;
  readonly columns: readonly string[];
  readonly ordinality: boolean;
}

export interface Values extends FromBase {
  readonly kind: 'values';
  readonly rows: readonly (readonly Expression[])[];
  readonly columns: readonly string[];
}

export interface Join extends FromBase {
  readonly kind: 'join';
  readonly type: 'inner' | 'left' | 'right' | 'full' | 'semi' | 'anti';
  readonly form: 'regular' | 'natural' | 'cross' | 'positional' | 'asof';
  readonly left: FromItem;
  readonly right: FromItem;
  readonly condition?: Expression;
  readonly using: readonly string[];
}

export interface Pivot extends FromBase {
  readonly kind: 'pivot';
  readonly source: FromItem;
  readonly aggregates: readonly Expression[];
  readonly pivots: readonly PivotColumn[];
  readonly groups: readonly string[];
  readonly columns: readonly string[];
}

export interface Unpivot extends FromBase {
  readonly kind: 'unpivot';
  readonly source: FromItem;
  readonly values: readonly string[];
  readonly names: readonly PivotColumn[];
  readonly includeNulls: boolean;
  readonly columns: readonly string[];
}

export interface PivotColumn {
  readonly expressions: readonly Expression[];
  readonly names: readonly string[];
  readonly entries: readonly PivotEntry[];
  readonly enumName?: string;
}

export interface PivotEntry {
  readonly values: readonly {
    readonly type: TypeNode;
    readonly value: string | number | boolean | null;
  }[];
  readonly star?: Expression;
  readonly alias?: string;
}

/** No FROM clause. */
export interface NoTable extends FromBase {
  readonly kind: 'none';
}

export type FromItem = TableRef | SubqueryRef | TableFunction | Values | Join | Pivot | Unpivot | NoTable;
