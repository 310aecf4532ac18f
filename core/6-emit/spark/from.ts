import type { Expression, FromItem, TableFunction } from '../../sql/index.ts';
import type { PrintExpression, Tools } from '../print/dialect.ts';
import { familyOf } from '../types/family.ts';
import { intervalParts } from '../types/interval.ts';
import { monthlyUnits, startsEarly } from '../types/month-steps.ts';
import { constantStep } from '../types/series-step.ts';
import { sparkInterval } from './dates.ts';

/** Series and unnested lists are exploded; what DuckDB alone can read is refused. */
export function sparkFrom(item: FromItem, print: PrintExpression, tools: Tools): string | undefined {
  const refuse = (what: string, rewrite: string) =>
    tools.refuse(item, { what, why: 'Spark has no equal', rewrite });
  switch (item.kind) {
    case 'function':
      return tableFunction(item, print, tools);
    case 'pivot':
      return refuse('PIVOT', 'write one aggregate with FILTER for each column');
    case 'unpivot':
      return refuse('UNPIVOT', 'write a UNION ALL of one select for each column');
    default:
      return item.sample === undefined ? undefined : refuse('a sample', 'filter on a hash of the key');
  }
}

function tableFunction(item: TableFunction, print: PrintExpression, tools: Tools): string {
  const { call } = item;
  const name = call.kind === 'call' ? call.name : call.kind;
  if (call.kind === 'call' && !item.ordinality) {
    if (name === 'unnest' && call.args[0]) return `explode(${print(call.args[0])})`;
    if (name === 'range' || name === 'generate_series')
      return series(call.args, name === 'range', print, tools);
  }
  return tools.refuse(item, {
    what: `${name}() in FROM`,
    why: 'Spark has no equal table function',
    rewrite: 'read it in a source or a DuckDB model upstream',
  });
}

/**
 * Spark's `sequence` counts down when its end is before its start, where DuckDB's series is empty; and a range
 * leaves its end out.
 */
function series(args: readonly Expression[], open: boolean, print: PrintExpression, tools: Tools): string {
  const [first, second, third] = args;
  if (first === undefined) return 'explode(array())';
  const family = familyOf(tools.typeOf(first));
  const [start, stop] = second === undefined ? ['0', print(first)] : [print(first), print(second)];
  const isTime = family === 'date' || family === 'timestamp';
  const steps = third === undefined ? undefined : intervalParts(third);
  if (steps?.some(({ unit }) => monthlyUnits.has(unit)) && !startsEarly(first)) {
    return tools.refuse(first, {
      what: 'a series by months',
      why: 'DuckDB steps from the day before, Spark from the start: they differ after the 28th',
      rewrite: "start at a constant day up to the 28th, or at date_trunc('month', ...)",
    });
  }
  const counted = third === undefined || isTime ? 1 : constantStep(third);
  if (counted === undefined) {
    return tools.refuse(first, {
      what: 'a series with a computed step',
      why: 'on which side its end lies depends on the sign',
      rewrite: 'use a constant step',
    });
  }
  const [order, before] = counted > 0 ? ['<=', '<'] : ['>=', '>'];
  const cast = (text: string) => (isTime ? `cast(${text} as timestamp)` : `cast(${text} as bigint)`);
  const step = third === undefined ? '1' : stepText(third, print);
  const all = `sequence(${cast(start)}, ${cast(stop)}, ${step})`;
  const values = open ? `filter(${all}, x -> x ${before} ${cast(stop)})` : all;
  const empty = isTime ? 'array_remove(array(cast(null as timestamp)), null)' : 'array_remove(array(0L), 0L)';
  return `explode(case when ${cast(start)} ${order} ${cast(stop)} then ${values} else ${empty} end)`;
}

function stepText(step: Expression, print: PrintExpression): string {
  const parts = intervalParts(step);
  if (parts === undefined) return print(step);
  return sparkInterval(parts, (amount) => (typeof amount === 'number' ? String(amount) : print(amount)));
}
