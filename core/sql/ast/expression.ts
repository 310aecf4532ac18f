import type { Query } from './query.ts';
import type { TypeNode } from './type.ts';

/** What every expression carries: its offset in the SQL (undefined where the parser invented it) and its alias. */
interface Base {
  readonly at?: number;
  /** `AS name`; within a call, the name of a named argument or struct field. */
  readonly alias?: string;
}

export interface ColumnRef extends Base {
  readonly kind: 'column';
  /** From the outside in: `catalog.schema.table.column`, shortest form as written. */
  readonly path: readonly string[];
}

export interface Star extends Base {
  readonly kind: 'star';
  readonly relation?: string;
  /** Column paths left out. */
  readonly exclude: readonly (readonly string[])[];
  readonly replace: readonly { readonly name: string; readonly expression: Expression }[];
  readonly rename: readonly { readonly from: readonly string[]; readonly to: string }[];
  /** `COLUMNS(...)`: a star that spreads within an expression, with an optional pattern or lambda. */
  readonly columns: boolean;
  readonly pattern?: Expression;
}

export interface Literal extends Base {
  readonly kind: 'literal';
  readonly type: TypeNode;
  /** Integers beyond 2^53 and decimals are strings of digits; NULL is null. */
  readonly value: string | number | boolean | null;
}

export interface Call extends Base {
  readonly kind: 'call';
  readonly name: string;
  readonly schema?: string;
  readonly args: readonly Expression[];
  readonly distinct: boolean;
  readonly filter?: Expression;
  readonly orderBy: readonly OrderItem[];
  /** Written as an operator, such as `a + b`. */
  readonly operator: boolean;
}

export interface WindowCall extends Base {
  readonly kind: 'window';
  readonly name: string;
  readonly args: readonly Expression[];
  readonly distinct: boolean;
  readonly filter?: Expression;
  readonly ignoreNulls: boolean;
  readonly argOrderBy: readonly OrderItem[];
  readonly partitionBy: readonly Expression[];
  readonly orderBy: readonly OrderItem[];
  readonly frame: Frame;
}

export type FrameUnit = 'rows' | 'range' | 'groups';

export type FrameBound =
  | { readonly kind: 'unbounded-preceding' | 'current-row' | 'unbounded-following' }
  | { readonly kind: 'preceding' | 'following'; readonly offset: Expression };

export interface Frame {
  readonly unit: FrameUnit;
  readonly start: FrameBound;
  readonly end: FrameBound;
  readonly exclude: 'no others' | 'current row' | 'group' | 'ties';
}

export type ComparisonOperator =
  | '='
  | '<>'
  | '<'
  | '>'
  | '<='
  | '>='
  | 'is distinct from'
  | 'is not distinct from';

export interface Comparison extends Base {
  readonly kind: 'comparison';
  readonly operator: ComparisonOperator;
  readonly left: Expression;
  readonly right: Expression;
}

export interface Logical extends Base {
  readonly kind: 'logical';
  readonly operator: 'and' | 'or';
  readonly args: readonly Expression[];
}

export interface Not extends Base {
  readonly kind: 'not';
  readonly operand: Expression;
}

export interface NullTest extends Base {
  readonly kind: 'null-test';
  readonly negated: boolean;
  readonly operand: Expression;
}

export interface InList extends Base {
  readonly kind: 'in-list';
  readonly negated: boolean;
  readonly operand: Expression;
  readonly items: readonly Expression[];
}

export interface Between extends Base {
  readonly kind: 'between';
  readonly operand: Expression;
  readonly lower: Expression;
  readonly upper: Expression;
}

export interface Case extends Base {
  readonly kind: 'case';
  readonly branches: readonly { readonly when: Expression; readonly result: Expression }[];
  readonly otherwise: Expression;
}

export interface Cast extends Base {
  readonly kind: 'cast';
  readonly operand: Expression;
  readonly type: TypeNode;
  /** TRY_CAST: NULL instead of an error. */
  readonly lenient: boolean;
}

/** Operators of the parser that behave like functions. */
export interface Special extends Base {
  readonly kind: 'special';
  readonly name: 'coalesce' | 'subscript' | 'slice' | 'field' | 'grouping' | 'try' | 'unpack' | 'array';
  readonly args: readonly Expression[];
}

export interface SubqueryExpression extends Base {
  readonly kind: 'subquery';
  /** `any` covers IN (`=`) and the quantified comparisons; ALL is its negation. */
  readonly role: 'scalar' | 'exists' | 'not-exists' | 'any';
  readonly query: Query;
  readonly operand?: Expression;
  readonly operator?: ComparisonOperator;
}

export interface Lambda extends Base {
  readonly kind: 'lambda';
  readonly parameters: readonly string[];
  readonly body: Expression;
}

export interface Collate extends Base {
  readonly kind: 'collate';
  readonly operand: Expression;
  readonly collation: string;
}

export interface Parameter extends Base {
  readonly kind: 'parameter';
  readonly name: string;
}

export interface PositionalRef extends Base {
  readonly kind: 'positional';
  /** Counts from 1. */
  readonly index: number;
}

export interface DefaultValue extends Base {
  readonly kind: 'default';
}

export type Expression =
  | ColumnRef
  | Star
  | Literal
  | Call
  | WindowCall
  | Comparison
  | Logical
  | Not
  | NullTest
  | InList
  | Between
  | Case
  | Cast
  | Special
  | SubqueryExpression
  | Lambda
  | Collate
  | Parameter
  | PositionalRef
  | DefaultValue;

export interface OrderItem {
  readonly expression: Expression;
  readonly direction: 'default' | 'asc' | 'desc';
  readonly nulls: 'default' | 'first' | 'last';
}
