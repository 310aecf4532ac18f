import { type Expression, rewriteExpression, type Select, type SubqueryRef } from '../../sql/index.ts';
import { resolveColumn, type Scope } from '../normalise/scope.ts';
import { integer } from '../types/whole-number.ts';

/** A select's rows as a derived table, to which windows can be added before anything else is done with them. */
export interface DerivedRows {
  /** The rows, with every column that was asked for and the added ones. */
  readonly from: (alias: string, added?: readonly Expression[]) => SubqueryRef;
  /** An expression over the select's tables as one over the derived table `alias`. */
  readonly over: (expression: Expression, alias: string) => Expression;
  /** The names of the derived table's own columns. */
  readonly names: readonly string[];
}

/**
 * `select <columns> from <its FROM> where <its WHERE>`, carrying the columns that `used` names. Columns of queries around
 * it stay what they are.
 */
export function derivedRows(select: Select, scope: Scope, used: readonly Expression[]): DerivedRows {
  const own: Scope = { relations: scope.relations };
  const keyOf = (path: readonly string[]) => {
    const found = path.length > 1 ? resolveColumn(path, own) : undefined;
    return found && { key: `${found.relation.alias}.${found.column.name}`.toLowerCase(), ...found };
  };
  const columns = new Map<string, { readonly path: readonly string[]; readonly name: string }>();
  const taken = new Set<string>();
  const collect = (expression: Expression): Expression => {
    const found = expression.kind === 'column' ? keyOf(expression.path) : undefined;
    if (found === undefined || columns.has(found.key)) return expression;
    const { relation, column } = found;
    const short = column.name;
    const name = taken.has(short.toLowerCase()) ? `${relation.alias}_${short}` : short;
    taken.add(name.toLowerCase());
    columns.set(found.key, { path: [relation.alias, column.name], name });
    return expression;
  };
  for (const expression of used) rewriteExpression(expression, { expression: collect });
  const { from, where } = select;
  const items = [...columns.values()].map(
    ({ path, name }): Expression => ({ kind: 'column', path, alias: name }),
  );
  return {
    names: items.map(({ alias }) => alias as string),
    from: (alias, added = []) => ({
      kind: 'subquery',
      alias,
      columns: [],
      query: {
        kind: 'select',
        ctes: [],
        // A select needs a column, also where only rows are counted.
        items: items.length + added.length > 0 ? [...items, ...added] : [{ ...one, alias: '_one' }],
        from,
        ...(where ? { where } : {}),
        groupBy: { kind: 'none' },
        orderBy: [],
      },
    }),
    over: (expression, alias) =>
      rewriteExpression(expression, {
        expression: (part) => {
          const found = part.kind === 'column' ? keyOf(part.path) : undefined;
          const name = found && columns.get(found.key)?.name;
          return name === undefined ? part : { ...part, path: [alias, name] };
        },
      }),
  };
}

/** A select's item keeps its name whatever replaces it. */
export function named(expression: Expression, item: Expression): Expression {
  return item.alias === undefined ? expression : { ...expression, alias: item.alias };
}

export const one: Expression = integer(1);
export const nothing: Expression = { kind: 'literal', type: { kind: 'plain', name: 'NULL' }, value: null };

export function call(name: string, args: readonly Expression[], operator = false): Expression {
  return { kind: 'call', name, args, distinct: false, orderBy: [], operator };
}

export function all(parts: readonly Expression[]): Expression {
  const [only = one] = parts;
  return parts.length === 1 ? only : { kind: 'logical', operator: 'and', args: parts };
}

export function when(condition: Expression, result: Expression, otherwise: Expression = nothing): Expression {
  return { kind: 'case', branches: [{ when: condition, result }], otherwise };
}

export function isNotNull(operand: Expression): Expression {
  return { kind: 'null-test', negated: true, operand };
}
