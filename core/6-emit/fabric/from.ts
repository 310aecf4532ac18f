import type { Expression, FromItem, TableFunction } from '../../sql/index.ts';
import type { PrintExpression, Tools } from '../print/dialect.ts';
import { familyOf } from '../types/family.ts';
import { intervalParts } from '../types/interval.ts';
import { monthlyUnits, startsEarly } from '../types/month-steps.ts';
import { constantStep } from '../types/series-step.ts';

/** Series come from GENERATE_SERIES; what DuckDB alone can read is refused. */
export function fabricFrom(item: FromItem, print: PrintExpression, tools: Tools): string | undefined {
  const refuse = (what: string, rewrite: string) =>
    tools.refuse(item, { what, why: 'a Fabric Warehouse has no equal', rewrite });
  switch (item.kind) {
    case 'function':
      return series(item, print, tools);
    case 'pivot':
      return refuse('PIVOT', 'write one aggregate with FILTER for each column');
    case 'unpivot':
      return refuse('UNPIVOT', 'write a UNION ALL of one select for each column');
    default:
      return item.sample === undefined ? undefined : refuse('a sample', 'filter on a hash of the key');
  }
}

function series(item: TableFunction, print: PrintExpression, tools: Tools): string {
  const { call } = item;
  const name = call.kind === 'call' ? call.name : call.kind;
  const isSeries = call.kind === 'call' && (name === 'range' || name === 'generate_series');
  const text =
    isSeries && !item.ordinality ? seriesText(call.args, name === 'range', print, tools) : undefined;
  if (text !== undefined) return `(select ${text}) `.trimEnd();
  return tools.refuse(item, {
    what: `${name}() in FROM`,
    why: 'only series of integers and of dates by one unit are translated',
    rewrite: 'use a table of numbers or dates',
  });
}

/** The end of a range is left out; GENERATE_SERIES counts down where its end is before its start. */
function seriesText(
  args: readonly Expression[],
  open: boolean,
  print: PrintExpression,
  tools: Tools,
): string | undefined {
  const [first, second, third] = args;
  if (first === undefined) return undefined;
  const family = familyOf(tools.typeOf(first));
  const start = second === undefined ? '0' : print(first);
  const stop = print(second ?? first);
  const below = open ? '<' : '<=';
  if (family === 'integer' || second === undefined) {
    const step = third === undefined ? 1 : constantStep(third);
    if (step === undefined) return undefined;
    const [end, order] = step > 0 ? [below, '<='] : [open ? '>' : '>=', '>='];
    const filter = `where s.value ${end} ${stop} and ${start} ${order} ${stop}`;
    return `s.value from generate_series(cast(${start} as bigint), cast(${stop} as bigint), cast(${step} as bigint)) as s ${filter}`;
  }
  const [step, ...others] = (third && intervalParts(third)) ?? [];
  if (step === undefined || others.length > 0 || typeof step.amount !== 'number' || step.amount < 1)
    return undefined;
  if (monthlyUnits.has(step.unit) && !startsEarly(first)) return undefined;
  const at = `dateadd(${step.unit}, cast(s.value * ${step.amount} as int), cast(${start} as datetime2(6)))`;
  const count = `datediff(${step.unit}, ${start}, ${stop}) / ${step.amount}`;
  return `${at} as value from generate_series(0, case when ${start} <= ${stop} then ${count} else 0 end) as s where ${at} ${below} ${stop}`;
}
