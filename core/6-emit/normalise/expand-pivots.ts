import {
  type Call,
  type Expression,
  type FromItem,
  type Pivot,
  type PivotColumn,
  type Query,
  rewriteExpression,
  type Select,
  type Unpivot,
} from '../../sql/index.ts';
import { queryPass } from './pass.ts';
import { type Environment, relationsOf } from './scope.ts';

/**
 * PIVOT becomes one aggregate with FILTER for each value, UNPIVOT a UNION ALL of one select for each column. Only lists of
 * values are expanded; what takes its values from the rows has no fixed columns and stays.
 */
export const expandPivots = queryPass('expand-pivots', (query, { environment }) =>
  query.kind === 'select' ? { ...query, from: expand(query.from, environment) } : query,
);

function expand(item: FromItem, environment: Environment): FromItem {
  if (item.kind === 'join')
    return { ...item, left: expand(item.left, environment), right: expand(item.right, environment) };
  if (item.kind !== 'pivot' && item.kind !== 'unpivot') return item;
  const source = expand(item.source, environment);
  const relations = relationsOf(source, environment);
  const names = relations.flatMap(({ columns }) => columns.map(({ name }) => name));
  const query =
    item.kind === 'pivot' ? pivoted({ ...item, source }, names) : unpivoted({ ...item, source }, names);
  if (query === undefined) return item;
  return {
    kind: 'subquery',
    alias: item.alias ?? (item.kind === 'pivot' ? '_pivot' : '_unpivot'),
    columns: item.columns,
    query,
  };
}

interface Cell {
  readonly name: string;
  readonly conditions: readonly Expression[];
}

function pivoted(pivot: Pivot, names: readonly string[]): Select | undefined {
  const cells = pivot.pivots.reduce<readonly Cell[] | undefined>(
    (before, column) => {
      const entries = before && cellsOf(column);
      return entries && before.flatMap((cell) => entries.map((entry) => joined(cell, entry)));
    },
    [{ name: '', conditions: [] }],
  );
  const calls = pivot.aggregates.filter(
    (one): one is Call => one.kind === 'call' && one.filter === undefined,
  );
  if (cells === undefined || calls.length !== pivot.aggregates.length || calls.length === 0) return undefined;
  const used = columnsIn([...pivot.aggregates, ...pivot.pivots.flatMap(({ expressions }) => expressions)]);
  const groups =
    pivot.groups.length > 0 ? pivot.groups : names.filter((name) => !used.has(name.toLowerCase()));
  const named = calls.length > 1 || calls.some(({ alias }) => alias !== undefined);
  if (calls.length > 1 && calls.some(({ alias }) => alias === undefined)) return undefined;
  const keys = groups.map((name): Expression => ({ kind: 'column', path: [name], alias: name }));
  return {
    kind: 'select',
    ctes: [],
    items: [
      ...keys,
      ...cells.flatMap(({ name, conditions }) =>
        calls.map(
          (one): Expression => ({
            ...one,
            filter: all(conditions),
            alias: named ? `${name}_${one.alias}` : name,
          }),
        ),
      ),
    ],
    from: pivot.source,
    groupBy:
      keys.length === 0
        ? { kind: 'none' }
        : {
            kind: 'keys',
            keys: groups.map((name) => ({ kind: 'column', path: [name] })),
            sets: [keys.map((_, index) => index)],
          },
    orderBy: [],
  };
}

function joined(a: Cell, b: Cell): Cell {
  return {
    name: a.name === '' ? b.name : `${a.name}_${b.name}`,
    conditions: [...a.conditions, ...b.conditions],
  };
}

function cellsOf({ expressions, entries, enumName }: PivotColumn): Cell[] | undefined {
  if (enumName !== undefined || entries.length === 0 || entries.some(({ star }) => star)) return undefined;
  return entries.map(({ values, alias }) => ({
    name: alias ?? values.map(({ value }) => (value === null ? 'NULL' : String(value))).join('_'),
    conditions: values.map(({ type, value }, index): Expression => {
      const operand = expressions[index] ?? (expressions[0] as Expression);
      return value === null
        ? { kind: 'null-test', negated: false, operand }
        : { kind: 'comparison', operator: '=', left: operand, right: { kind: 'literal', type, value } };
    }),
  }));
}

function columnsIn(expressions: readonly Expression[]): ReadonlySet<string> {
  const found = new Set<string>();
  const look = (expression: Expression): Expression => {
    if (expression.kind === 'column') found.add((expression.path.at(-1) as string).toLowerCase());
    return expression;
  };
  for (const expression of expressions) rewriteExpression(expression, { expression: look });
  return found;
}

function unpivoted(unpivot: Unpivot, names: readonly string[]): Query | undefined {
  const [value, ...others] = unpivot.values;
  const [column, ...more] = unpivot.names;
  const [name] = column?.names ?? [];
  if (value === undefined || column === undefined || name === undefined || others.length + more.length > 0)
    return undefined;
  if (column.entries.some(({ star, values }) => star || values.length !== 1)) return undefined;
  const turned = column.entries.map(({ values, alias }) => ({ column: String(values[0]?.value), alias }));
  const used = new Set(turned.map((one) => one.column.toLowerCase()));
  const kept = names
    .filter((one) => !used.has(one.toLowerCase()))
    .map((one): Expression => ({ kind: 'column', path: [one], alias: one }));
  const selects = turned.map(({ column: from, alias }): Query => {
    const operand: Expression = { kind: 'column', path: [from] };
    return {
      kind: 'select',
      ctes: [],
      items: [
        ...kept,
        { kind: 'literal', type: { kind: 'plain', name: 'VARCHAR' }, value: alias ?? from, alias: name },
        { ...operand, alias: value },
      ],
      from: unpivot.source,
      ...(unpivot.includeNulls ? {} : { where: { kind: 'null-test', negated: true, operand } }),
      groupBy: { kind: 'none' },
      orderBy: [],
    };
  });
  return selects.reduce(
    (left, right): Query => ({
      kind: 'set-operation',
      operator: 'union',
      all: true,
      left,
      right,
      ctes: [],
      orderBy: [],
    }),
  );
}

function all(parts: readonly Expression[]): Expression {
  const [only] = parts;
  return parts.length === 1 && only ? only : { kind: 'logical', operator: 'and', args: parts };
}
