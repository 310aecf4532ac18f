import type { Expression, TypeNode } from '../../sql/index.ts';

/** Prints a sub-expression so that it can stand where `minimum` binding strength is needed. */
export type PrintExpression = (expression: Expression, minimum?: number) => string;

/**
 * What one SQL dialect does differently from DuckDB. The printer owns layout and precedence; a dialect only
 * states names, types and the calls and forms it writes in its own way.
 */
export interface Dialect {
  readonly name: string;
  /** Quotes a name if it needs quoting. */
  readonly identifier: (name: string) => string;
  readonly string: (value: string) => string;
  readonly type: (type: TypeNode) => string;
  /**
   * Prints an expression in the dialect's own way, or returns undefined for the common form. The text must be
   * a primary (a call, a name, something in parentheses): it is never wrapped again.
   */
  readonly expression?: (expression: Expression, print: PrintExpression) => string | undefined;
}
