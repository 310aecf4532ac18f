import type { Cte, GroupBy, Query, Sample, Select } from '../../sql/index.ts';
import type { Dialect, PrintExpression } from './dialect.ts';
import { commented, printCondition, printExpression, printItem, printOrder } from './expression.ts';
import { printFrom, printValues } from './from.ts';
import { indent, list } from './text.ts';

/** Prints a query over several lines, clauses in SQL's order. */
export function printQuery(query: Query, dialect: Dialect): string {
  return [
    ...printCtes(query.ctes, dialect),
    ...printBody(query, dialect),
    ...printModifiers(query, dialect),
  ].join('\n');
}

function printCtes(ctes: readonly Cte[], dialect: Dialect): string[] {
  if (ctes.length === 0) return [];
  const recursive = ctes.some((cte) => cte.query.kind === 'recursive') ? 'recursive ' : '';
  const printed = ctes.map((cte) => {
    const columns = cte.columns.length > 0 ? `(${cte.columns.map(dialect.identifier).join(', ')})` : '';
    const keys =
      cte.query.kind === 'recursive' && cte.query.keys.length > 0
        ? ` using key (${cte.query.keys.map((key) => printExpression(key, dialect)).join(', ')})`
        : '';
    const hint = { default: '', always: ' materialized', never: ' not materialized' }[cte.materialized];
    const text = `${dialect.identifier(cte.name)}${columns}${keys} as${hint} (\n${indent(printQuery(cte.query, dialect))}\n)`;
    return commented(dialect.comments?.takeOfCte(cte.name), text);
  });
  const body = printed.join(',\n');
  return [`with ${recursive}`.trimEnd() + (body.startsWith('--') ? '\n' : ' ') + body];
}

function printBody(query: Query, dialect: Dialect): string[] {
  switch (query.kind) {
    case 'select':
      return printSelect(query, dialect);
    case 'set-operation': {
      const [operator, byName] =
        query.operator === 'union by name' ? ['union', ' by name'] : [query.operator, ''];
      return [
        operand(query.left, dialect),
        `${operator}${query.all ? ' all' : ''}${byName}`,
        operand(query.right, dialect),
      ];
    }
    case 'recursive':
      return [
        operand(query.anchor, dialect),
        query.all ? 'union all' : 'union',
        operand(query.step, dialect),
      ];
  }
}

/** Operands with clauses of their own are bracketed, so that those stay theirs. */
function operand(query: Query, dialect: Dialect): string {
  const plain =
    query.kind === 'select' &&
    query.ctes.length === 0 &&
    query.orderBy.length === 0 &&
    query.limit === undefined;
  const text = printQuery(query, dialect);
  return plain ? text : `(\n${indent(text)}\n)`;
}

function printSelect(select: Select, dialect: Dialect): string[] {
  const values = bareValues(select, dialect);
  if (values !== undefined) return [values];
  const { distinct } = select;
  const on =
    distinct && distinct.on.length > 0
      ? ` on (${list(distinct.on.map((key) => printExpression(key, dialect)))})`
      : '';
  const items = list(
    select.items.map((item) => printItem(item, dialect)),
    60,
  );
  const top = select.limit && dialect.rowLimit ? dialect.rowLimit.head(select.limit, printer(dialect)) : '';
  const head = `select${distinct ? ` distinct${on}` : ''}${top}`;
  const clause = (keyword: string, text: string) =>
    text.includes('\n') ? `${keyword}\n${indent(text)}` : `${keyword} ${text}`;
  const where = (keyword: string, condition: Select['where']) =>
    condition === undefined ? [] : [clause(keyword, printCondition(condition, dialect))];
  return [
    clause(head, items),
    ...(select.from.kind === 'none' ? [] : [clause('from', printFrom(select.from, dialect))]),
    ...where('where', select.where),
    ...printGroupBy(select.groupBy, dialect),
    ...where('having', select.having),
    ...where('qualify', select.qualify),
    ...(select.sample ? [`using sample ${printSample(select.sample)}`] : []),
  ];
}

/** `values (1), (2)` as a query of its own is parsed to a select of everything from it. */
function bareValues(select: Select, dialect: Dialect): string | undefined {
  const [item, ...others] = select.items;
  if (select.from.kind !== 'values' || select.from.alias !== 'valueslist' || others.length > 0)
    return undefined;
  return item?.kind === 'star' && select.where === undefined && select.distinct === undefined
    ? printValues(select.from, dialect)
    : undefined;
}

function printGroupBy(groupBy: GroupBy, dialect: Dialect): string[] {
  switch (groupBy.kind) {
    case 'none':
      return [];
    case 'all':
      return ['group by all'];
    case 'keys': {
      const keys = groupBy.keys.map((key) => printExpression(key, dialect));
      const [only] = groupBy.sets;
      if (groupBy.sets.length === 1 && only?.length === keys.length && keys.length > 0) {
        return [`group by ${list(keys)}`];
      }
      const sets = groupBy.sets.map((set) => `(${set.map((index) => keys[index]).join(', ')})`);
      return [`group by grouping sets (${list(sets)})`];
    }
  }
}

function printer(dialect: Dialect): PrintExpression {
  return (expression, minimum) => printExpression(expression, dialect, minimum);
}

function printModifiers(query: Query, dialect: Dialect): string[] {
  const { limit } = query;
  if (dialect.rowLimit) {
    const isOrdered = query.orderBy.length > 0;
    return [
      ...(isOrdered ? [`order by ${printOrder(query.orderBy, dialect)}`] : []),
      ...(limit ? dialect.rowLimit.tail(limit, isOrdered, printer(dialect)) : []),
    ];
  }
  return [
    ...(query.orderBy.length > 0 ? [`order by ${printOrder(query.orderBy, dialect)}`] : []),
    ...(limit?.count ? [`limit ${printExpression(limit.count, dialect)}${limit.percent ? '%' : ''}`] : []),
    ...(limit?.offset ? [`offset ${printExpression(limit.offset, dialect)}`] : []),
  ];
}

/** `10 percent (bernoulli, 42)`. */
function printSample(sample: Sample): string {
  const unit = sample.percent ? 'percent' : 'rows';
  const seed = sample.seed === undefined ? '' : `, ${sample.seed}`;
  return `${sample.size} ${unit} (${sample.method.toLowerCase()}${seed})`;
}
