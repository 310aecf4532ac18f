import {
  type FromItem,
  type Join,
  type Pivot,
  type PivotColumn,
  rewriteFrom,
  type Unpivot,
  type Values,
} from '../../sql/index.ts';
import type { Dialect } from './dialect.ts';
import { printCondition, printExpression, printItem } from './expression.ts';
import { printQuery } from './query.ts';
import { enclose, indent, list } from './text.ts';

/** Prints a FROM item with its alias and sample; joins one a line. */
export function printFrom(item: FromItem, dialect: Dialect): string {
  if (item.kind === 'join') return printJoin(item, dialect);
  const columns = 'columns' in item && item.columns.length > 0 ? item.columns : [];
  const names = columns.length > 0 ? `(${columns.map(dialect.identifier).join(', ')})` : '';
  const alias =
    item.alias === undefined && names === '' ? '' : ` as ${dialect.identifier(item.alias ?? '_')}${names}`;
  const sample = item.sample === undefined ? '' : ` tablesample ${printTableSample(item)}`;
  return `${printKind(item, dialect)}${alias}${sample}`;
}

function printTableSample(item: FromItem): string {
  if (item.sample === undefined) return '';
  const { size, percent, method, seed } = item.sample;
  const repeatable = seed === undefined ? '' : ` repeatable (${seed})`;
  return `${method.toLowerCase()}(${size} ${percent ? 'percent' : 'rows'})${repeatable}`;
}

function printKind(item: Exclude<FromItem, Join>, dialect: Dialect): string {
  const own = dialect.from?.(item, (child, minimum) => printExpression(child, dialect, minimum));
  if (own !== undefined) return own;
  switch (item.kind) {
    case 'none':
      return '';
    case 'table':
      return [item.catalog, item.schema, item.name]
        .filter((part) => part !== undefined)
        .map((part) => dialect.identifier(part))
        .join('.');
    case 'subquery':
      return `(\n${indent(printQuery(item.query, dialect))}\n)`;
    case 'function':
      return printExpression(item.call, dialect) + (item.ordinality ? ' with ordinality' : '');
    case 'values':
      return enclose('(', printValues(item, dialect), ')');
    case 'pivot':
      return printPivot(item, dialect);
    case 'unpivot':
      return printUnpivot(item, dialect);
  }
}

export function printValues(values: Values, dialect: Dialect): string {
  const rows = values.rows.map((row) => `(${row.map((cell) => printExpression(cell, dialect)).join(', ')})`);
  return `values ${list(rows)}`;
}

function printJoin(join: Join, dialect: Dialect): string {
  const left = printFrom(join.left, dialect);
  const correlated = (dialect.lateral !== undefined || dialect.join !== undefined) && looksLeft(join);
  const lateral = dialect.lateral && correlated ? `${dialect.lateral} ` : '';
  const right =
    join.right.kind === 'join'
      ? enclose('(', printFrom(join.right, dialect), ')')
      : lateral + printFrom(join.right, dialect);
  const condition = join.condition === undefined ? '' : printCondition(join.condition, dialect);
  const own = dialect.join?.(join, { left, right, condition, correlated });
  if (own !== undefined) return own;
  if (join.form === 'cross') return `${left}\ncross join ${right}`;
  const form = join.form === 'regular' ? '' : `${join.form} `;
  const type = join.type === 'inner' ? '' : `${join.type} `;
  const using = join.using.length > 0 ? ` using (${join.using.map(dialect.identifier).join(', ')})` : '';
  const on =
    condition === '' ? '' : condition.includes('\n') ? `\n${indent(`on ${condition}`)}` : ` on ${condition}`;
  return `${left}\n${form}${type}join ${right}${using}${on}`;
}

/** True when the right side names a table of the left side, which needs LATERAL outside DuckDB. */
function looksLeft(join: Join): boolean {
  const aliases = new Set<string>();
  rewriteFrom(join.left, {
    from: (item) => {
      const alias = item.alias ?? (item.kind === 'table' ? item.name : undefined);
      if (alias !== undefined) aliases.add(alias);
      return item;
    },
  });
  let found = false;
  rewriteFrom(join.right, {
    expression: (expression) => {
      found ||=
        expression.kind === 'column' &&
        expression.path.length > 1 &&
        aliases.has(expression.path[0] as string);
      return expression;
    },
  });
  return found;
}

function printPivot(pivot: Pivot, dialect: Dialect): string {
  const aggregates = list(pivot.aggregates.map((aggregate) => printItem(aggregate, dialect)));
  const groups =
    pivot.groups.length > 0 ? ` group by ${pivot.groups.map(dialect.identifier).join(', ')}` : '';
  const pivots = pivot.pivots.map((column) => printPivotColumn(column, dialect)).join(' ');
  return `${printFrom(pivot.source, dialect)} pivot (\n${indent(`${aggregates}\nfor ${pivots}${groups}`)}\n)`;
}

function printUnpivot(unpivot: Unpivot, dialect: Dialect): string {
  const values = unpivot.values.map(dialect.identifier).join(', ');
  const head = unpivot.values.length > 1 ? `(${values})` : values;
  const nulls = unpivot.includeNulls ? ' include nulls' : '';
  const names = unpivot.names.map((column) => printPivotColumn(column, dialect)).join(' ');
  return `${printFrom(unpivot.source, dialect)} unpivot${nulls} (\n${indent(`${head} for ${names}`)}\n)`;
}

function printPivotColumn(column: PivotColumn, dialect: Dialect): string {
  const names = column.names.map(dialect.identifier);
  const expressions = column.expressions.map((expression) => printExpression(expression, dialect));
  const subject = names.length > 0 ? names : expressions;
  const head = subject.length > 1 ? `(${subject.join(', ')})` : subject.join('');
  if (column.enumName !== undefined) return `${head} in ${dialect.identifier(column.enumName)}`;
  const isUnpivot = names.length > 0;
  const entries = column.entries.map((entry) => {
    const alias = entry.alias === undefined ? '' : ` as ${dialect.identifier(entry.alias)}`;
    if (entry.star !== undefined) return printExpression(entry.star, dialect) + alias;
    const values = entry.values.map(({ value, type }) => {
      if (value === null) return 'null';
      if (isUnpivot) return dialect.identifier(String(value));
      return type.kind === 'plain' && type.name === 'VARCHAR' ? dialect.string(String(value)) : String(value);
    });
    return (values.length > 1 ? `(${values.join(', ')})` : values.join('')) + alias;
  });
  return `${head} in (${list(entries)})`;
}
