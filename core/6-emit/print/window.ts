import type { FrameBound, WindowCall } from '../../sql/index.ts';
import type { Dialect } from './dialect.ts';
import { printExpression, printFilter, printOrder } from './expression.ts';
import { enclose, list } from './text.ts';

/** Prints a window call with its whole specification; named windows are already expanded by the parser. */
export function printWindow(call: WindowCall, dialect: Dialect): string {
  const args = list(call.args.map((arg) => printExpression(arg, dialect)));
  const argOrder = call.argOrderBy.length > 0 ? ` order by ${printOrder(call.argOrderBy, dialect)}` : '';
  const nulls = call.ignoreNulls ? ' ignore nulls' : '';
  const star = call.name === 'count_star' && call.args.length === 0;
  const head = star
    ? 'count(*)'
    : enclose(`${call.name}(`, `${call.distinct ? 'distinct ' : ''}${args}${argOrder}${nulls}`, ')');
  const parts = [
    ...(call.partitionBy.length > 0
      ? [`partition by ${list(call.partitionBy.map((key) => printExpression(key, dialect)))}`]
      : []),
    ...(call.orderBy.length > 0 ? [`order by ${printOrder(call.orderBy, dialect)}`] : []),
    ...printFrame(call, dialect),
  ];
  const flat = parts.join(' ');
  const specification = flat.length <= 90 && !flat.includes('\n') ? flat : parts.join('\n');
  return `${head}${printFilter(call, dialect)} over ${enclose('(', specification, ')')}`;
}

/** The default frame, from the partition's start to the current row's peers, is left out. */
function printFrame({ frame }: WindowCall, dialect: Dialect): string[] {
  const isDefault =
    frame.unit === 'range' &&
    frame.start.kind === 'unbounded-preceding' &&
    frame.end.kind === 'current-row' &&
    frame.exclude === 'no others';
  if (isDefault) return [];
  const exclude = frame.exclude === 'no others' ? '' : ` exclude ${frame.exclude}`;
  return [
    `${frame.unit} between ${printBound(frame.start, dialect)} and ${printBound(frame.end, dialect)}${exclude}`,
  ];
}

function printBound(bound: FrameBound, dialect: Dialect): string {
  switch (bound.kind) {
    case 'unbounded-preceding':
      return 'unbounded preceding';
    case 'unbounded-following':
      return 'unbounded following';
    case 'current-row':
      return 'current row';
    case 'preceding':
    case 'following':
      return `${printExpression(bound.offset, dialect)} ${bound.kind}`;
  }
}
