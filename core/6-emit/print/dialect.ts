import type { Expression, FromItem, Join, Limit, OrderItem, TypeNode } from '../../sql/index.ts';
import type { Refusal } from '../refusal.ts';
import type { TypeOf } from '../types/annotate.ts';

/** Prints a sub-expression so that it can stand where `minimum` binding strength is needed. */
export type PrintExpression = (expression: Expression, minimum?: number) => string;

/** What a dialect's own forms may use while one query is printed. */
export interface Tools {
  readonly typeOf: TypeOf;
  /** Records that something is not translated; printing goes on, so that all of it is found. */
  readonly refuse: (node: { readonly at?: number }, refusal: Omit<Refusal, 'at'>) => string;
}

/** A join's printed parts. */
export interface JoinParts {
  readonly left: string;
  readonly right: string;
  readonly condition: string;
  readonly correlated: boolean;
}

/**
 * What one SQL dialect does differently from DuckDB. The printer owns layout and precedence; a dialect only
 * states names, types and the calls and forms it writes in its own way.
 */
export interface Dialect {
  /** Comments to be printed before a select item or condition, and before a CTE; each is given once. */
  readonly comments?: {
    readonly take: (expression: Expression) => readonly string[];
    readonly takeOfCte: (name: string) => readonly string[];
  };
  readonly name: string;
  /** Quotes a name if it needs quoting. */
  readonly identifier: (name: string) => string;
  readonly string: (value: string) => string;
  readonly type: (type: TypeNode) => string;
  /** NULLS LAST is DuckDB's default for both directions; engines that differ are told. */
  readonly explicitNullOrder: boolean;
  /** Keyword before a FROM item that names tables to its left; DuckDB needs none. */
  readonly lateral?: string;
  /**
   * Prints an expression in the dialect's own way, or returns undefined for the common form. The text must be
   * a primary (a call, a name, something in parentheses): it is never wrapped again.
   */
  readonly expression?: (expression: Expression, print: PrintExpression) => string | undefined;
  /** Prints one key of an ORDER BY in the dialect's own way. */
  readonly orderItem?: (item: OrderItem, print: PrintExpression) => string;
  /** Prints a join in the dialect's own way; `correlated` tells that the right side names tables of the left. */
  readonly join?: (join: Join, parts: JoinParts) => string | undefined;
  /** How rows are limited, where it is not LIMIT and OFFSET behind ORDER BY. */
  readonly rowLimit?: {
    readonly head: (limit: Limit, print: PrintExpression) => string;
    readonly tail: (limit: Limit, isOrdered: boolean, print: PrintExpression) => string[];
  };
  /** Prints a FROM item, without its alias, in the dialect's own way. */
  readonly from?: (item: FromItem, print: PrintExpression) => string | undefined;
}
