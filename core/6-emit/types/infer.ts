import type { Expression, Query } from '../../sql/index.ts';
import { resultType } from './calls.ts';
import { type SqlType, spellType, unknown } from './family.ts';
import { commonType } from './promote.ts';

/** What inference asks about its surroundings. */
export interface TypeContext {
  readonly column: (path: readonly string[]) => SqlType;
  readonly query: (query: Query) => readonly SqlType[];
}

/**
 * The DuckDB type of an expression, or UNKNOWN. It follows DuckDB's own rules for the functions it knows and
 * never guesses: a printer refuses where the type matters and is unknown.
 */
export function inferType(expression: Expression, context: TypeContext): SqlType {
  const infer = (child: Expression) => inferType(child, context);
  switch (expression.kind) {
    case 'column':
      return context.column(expression.path);
    case 'literal':
      return expression.value === null ? 'NULL' : spellType(expression.type);
    case 'cast':
      return spellType(expression.type);
    case 'comparison':
    case 'logical':
    case 'not':
    case 'null-test':
    case 'in-list':
    case 'between':
      return 'BOOLEAN';
    case 'case':
      return [...expression.branches.map(({ result }) => infer(result)), infer(expression.otherwise)].reduce(
        commonType,
      );
    case 'call':
    case 'window':
      return resultType(expression.name, expression.args.map(infer));
    case 'special':
      return inferSpecial(expression.name, expression.args, infer);
    case 'subquery':
      return expression.role === 'scalar' ? (context.query(expression.query)[0] ?? unknown) : 'BOOLEAN';
    case 'collate':
      return 'VARCHAR';
    case 'star':
    case 'lambda':
    case 'parameter':
    case 'positional':
    case 'default':
      return unknown;
  }
}

function inferSpecial(
  name: string,
  args: readonly Expression[],
  infer: (child: Expression) => SqlType,
): SqlType {
  const [first] = args;
  if (name === 'coalesce') return args.map(infer).reduce(commonType, 'NULL');
  if (name === 'grouping') return 'BIGINT';
  if (first === undefined) return unknown;
  if (name === 'try' || name === 'slice') return infer(first);
  if (name === 'subscript' && infer(first).endsWith('[]')) return infer(first).slice(0, -2);
  return unknown;
}
