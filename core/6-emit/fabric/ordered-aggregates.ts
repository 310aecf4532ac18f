import {
  type Call,
  type Expression,
  rewriteExpression,
  type Select,
  someExpression,
  type WindowCall,
} from '../../sql/index.ts';
import { type PassContext, selectPass } from '../normalise/pass.ts';
import { typeIn } from '../normalise/scope.ts';
import { nthExtreme } from '../types/aggregates.ts';
import { familyOf, isNumeric } from '../types/family.ts';
import { integer } from '../types/whole-number.ts';
import { all, call, derivedRows, isNotNull, named, one, when } from './derived-rows.ts';

const alias = '_rows';
const quantiles = new Set(['median', 'quantile_cont', 'quantile_disc', 'quantile']);
const best: Readonly<Record<string, 'asc' | 'desc'>> = {
  arg_max: 'desc',
  max_by: 'desc',
  arg_min: 'asc',
  min_by: 'asc',
  arg_max_null: 'desc',
  arg_min_null: 'asc',
};

/**
 * T-SQL has quantiles as windows only, and no arg_max. Both become windows over the groups, computed in a derived table;
 * outside, `max` of what is the same in all rows of a group takes it out: the quantile, or the argument of the row that
 * comes first, or n-th (`list_extract(max(x, n), n)`). Rows whose argument or key is NULL come last, since DuckDB passes
 * over them.
 */
export const windowsForOrderedAggregates = selectPass('windows-for-ordered-aggregates', (select, context) => {
  const used = [
    ...select.items,
    ...(select.having ? [select.having] : []),
    ...select.orderBy.map((item) => item.expression),
  ];
  if (!used.some((expression) => someExpression(expression, isOrdered))) return select;
  const keys = select.groupBy.kind === 'keys' ? select.groupBy.keys : [];
  const refusal = whyNot(select, used, context);
  if (refusal !== undefined) {
    context.refusals.add(refusal);
    return select;
  }
  const rows = derivedRows(select, context.scope, [...used, ...keys]);
  const added: Expression[] = [];
  const outside = (expression: Expression): Expression =>
    rows.over(
      rewriteExpression(expression, {
        expression: (part) => (isOrdered(part) ? takenOut(part as Call, keys, added) : part),
      }),
      alias,
    );
  const items = select.items.map((item) => named(outside(item), item));
  const { where: _, ...rest } = select;
  const made: Select = {
    ...rest,
    items,
    ...(select.having ? { having: outside(select.having) } : {}),
    orderBy: select.orderBy.map((item) => ({ ...item, expression: outside(item.expression) })),
    groupBy: select.groupBy.kind === 'keys' ? { ...select.groupBy, keys: keys.map(outside) } : select.groupBy,
    from: { kind: 'none' },
  };
  return { ...made, from: rows.from(alias, added) };
});

function isOrdered(part: Expression): boolean {
  if (part.kind !== 'call') return false;
  return quantiles.has(part.name) || best[part.name] !== undefined || nthExtreme(part) !== undefined;
}

function whyNot(select: Select, used: readonly Expression[], { scope, environment }: PassContext) {
  const ordered: Call[] = [];
  for (const expression of used) {
    rewriteExpression(expression, {
      expression: (part) => {
        if (isOrdered(part)) ordered.push(part as Call);
        return part;
      },
    });
  }
  const refuse = (part: Call, why: string, rewrite: string) => ({
    ...(part.at === undefined ? {} : { at: part.at }),
    what: `${part.name}()`,
    why,
    rewrite,
  });
  for (const part of ordered) {
    const [value, second] = part.args;
    const several = nthExtreme(part)?.extremes;
    if (select.groupBy.kind === 'keys' && select.groupBy.sets.length > 1)
      return refuse(part, 'it is translated for one grouping only', 'write one select for each grouping');
    if ([part, several].some((one) => one?.distinct || one?.orderBy.length) || value === undefined)
      return refuse(
        part,
        'DISTINCT or ORDER BY within it has no equal',
        'make the rows distinct in a subquery',
      );
    if (best[part.name] !== undefined) {
      if (part.args.length !== 2) return refuse(part, 'T-SQL has one best row', 'use row_number() and join');
      continue;
    }
    if (several !== undefined) continue;
    const type = typeIn(value, scope, environment);
    const isDiscrete = part.name === 'quantile_disc' || part.name === 'quantile';
    if (!isDiscrete && familyOf(type) !== 'integer' && familyOf(type) !== 'float') {
      const rewrite = isNumeric(type) ? 'cast to double' : 'take the quantile of epoch(x)';
      return refuse(part, 'T-SQL interpolates floats only', rewrite);
    }
    if (part.name !== 'median' && fraction(second) === undefined)
      return refuse(part, 'only one constant quantile is translated', 'write one call for each quantile');
  }
  return undefined;
}

function fraction(expression: Expression | undefined): Expression | undefined {
  const literal = expression?.kind === 'cast' ? expression.operand : expression;
  if (literal?.kind !== 'literal' || literal.value === null) return undefined;
  const number = Number(literal.value);
  return number >= 0 && number <= 1 ? literal : undefined;
}

/** The aggregate as `max` of a column added to the derived table. */
function takenOut(part: Call, keys: readonly Expression[], added: Expression[]): Expression {
  const [value = one, second = one] = part.args;
  const add = (expression: Expression): Expression => {
    const name = `_${part.name}_${added.length + 1}`;
    added.push({ ...expression, alias: name });
    return { kind: 'column', path: [alias, name] };
  };
  const direction = best[part.name];
  const zero = integer(0);
  const several = nthExtreme(part);
  if (several !== undefined) {
    const { extremes, value: x, n } = several;
    const known = all([...(extremes.filter ? [extremes.filter] : []), isNotNull(x)]);
    const order = extremes.name === 'max' ? 'desc' : 'asc';
    const place = add(
      window('row_number', [], keys, [
        { expression: when(known, zero, one), direction: 'asc', nulls: 'first' },
        { expression: x, direction: order, nulls: 'last' },
      ]),
    );
    const isNth: Expression = { kind: 'comparison', operator: '=', left: place, right: integer(n) };
    return call('max', [when(isNth, add(when(known, x)))]);
  }
  if (direction === undefined) {
    const half: Expression = { kind: 'literal', type: { kind: 'decimal', width: 2, scale: 1 }, value: '0.5' };
    const q = part.name === 'median' ? half : (fraction(second) ?? half);
    const operand = part.filter === undefined ? value : when(part.filter, value);
    const name =
      part.name === 'quantile_disc' || part.name === 'quantile' ? 'percentile_disc' : 'percentile_cont';
    return call('max', [add(window(name, [operand, q], keys, []))]);
  }
  // A row is never NULL itself, and its NULLs are greater than anything.
  const parts = second.kind === 'call' && second.name === 'row' ? second.args : undefined;
  const required = [
    ...(part.filter ? [part.filter] : []),
    ...(part.name.endsWith('_null') ? [] : [isNotNull(value)]),
    ...(parts === undefined ? [isNotNull(second)] : []),
  ];
  const known = required.length === 0 ? undefined : all(required);
  const nulls = parts !== undefined && direction === 'desc' ? 'first' : 'last';
  const place = add(
    window('row_number', [], keys, [
      ...(known === undefined
        ? []
        : [{ expression: when(known, zero, one), direction: 'asc', nulls: 'first' } as const]),
      ...(parts ?? [second]).map((expression) => ({ expression, direction, nulls }) as const),
    ]),
  );
  const argument = add(known === undefined ? value : when(known, value));
  const first: Expression = { kind: 'comparison', operator: '=', left: place, right: one };
  return call('max', [when(first, argument)]);
}

export function window(
  name: string,
  args: readonly Expression[],
  partitionBy: readonly Expression[],
  orderBy: WindowCall['orderBy'],
  frame: WindowCall['frame'] = untilHere,
): WindowCall {
  return {
    kind: 'window',
    name,
    args,
    distinct: false,
    ignoreNulls: false,
    argOrderBy: [],
    partitionBy,
    orderBy,
    frame,
  };
}

const untilHere: WindowCall['frame'] = {
  unit: 'range',
  start: { kind: 'unbounded-preceding' },
  end: { kind: 'current-row' },
  exclude: 'no others',
};
