import type { AggregateFunction, AggregateTerm, Condition, Default } from '../define/aggregate.ts';
import type { Fragment, Hole, Place } from '../define/references.ts';
import { isFragment, isMacroCall } from '../define/references.ts';
import { macroCall } from '../typed/duckdb-dialect.ts';
import { literal, quoteName } from '../typed/keywords.ts';
import { refuse } from '../typed/problem.ts';
import type { Clock, Range } from './window.ts';

/** SQL of a column of the rows, or of a fragment over them. */
export function argumentText(argument: string | Fragment, clock: Clock): string {
  return isFragment(argument) ? fragmentText(argument, clock) : `d.${quoteName(argument)}`;
}

/** A fragment as SQL; `feature` gives the SQL of other features, where there are any. */
export function fragmentText(fragment: Fragment, clock: Clock, feature?: (name: string) => string): string {
  const hole = (value: Hole | undefined): string => {
    if (value === undefined) return '';
    if (isFragment(value)) return fragmentText(value, clock, feature);
    if (isMacroCall(value)) return macroCall(value.macro, value.args.map(argument));
    if (typeof value === 'object' && value !== null) return placeText(value, clock, feature);
    return literalText(value);
  };
  // A macro gets SQL as text, and numbers as they are.
  const argument = (value: Hole) => (typeof value === 'object' && value !== null ? hole(value) : value);
  return fragment.strings.map((text, i) => text + hole(fragment.holes[i])).join('');
}

function placeText({ place, name }: Place, clock: Clock, feature?: (name: string) => string): string {
  switch (place) {
    case 'row':
      return `d.${quoteName(name)}`;
    case 'spine':
      return `s.${quoteName(name)}`;
    case 'prediction_time':
      return clock.predictionTime;
    case 'feature':
      return (
        feature?.(name) ??
        refuse('CH257', {
          problem: `\`feature('${name}')\` stands where features are not known yet`,
          fix: 'Use it within `derive`.',
        })
      );
  }
}

export function literalText(value: unknown): string {
  return (
    literal(value) ??
    refuse('CH257', { problem: `${String(value)} cannot be written as SQL`, fix: 'Use a finite number.' })
  );
}

function conditionText(condition: Condition, clock: Clock): string {
  switch (condition.kind) {
    case 'compare':
      return `d.${quoteName(condition.column)} ${condition.operator} ${literalText(condition.value)}`;
    case 'in':
      return `d.${quoteName(condition.column)} in (${condition.values.map(literalText).join(', ')})`;
    case 'sql':
      return `(${fragmentText(condition.sql, clock)})`;
    case 'known':
      return `d.${quoteName(condition.column)} <= ${clock.predictionTime}`;
  }
}

type BaseTerm = Extract<AggregateTerm, { kind: 'base' }>;

/** An aggregate call with its FILTER. */
export function aggregateText(term: BaseTerm, range: Range, join: Range, clock: Clock): string {
  const conditions = term.conditions.map((condition) => conditionText(condition, clock));
  const filter = [...clock.boundsOf(range, join), ...conditions];
  const call = withFilter(callText(term, clock), filter);
  return term.function === 'nth_time' ? `list_extract(${call}, ${Math.abs(term.parameter ?? 1)})` : call;
}

/** What a ring computes: an aggregate, its number of rows, or the mean of its values and their squares around it. */
export type PartFunction = AggregateFunction | 'rows' | 'mean' | 'squares';

/** A part of an aggregate, over the rows that the aggregate takes. */
export function partText(part: PartFunction, term: BaseTerm, clock: Clock): string {
  const filter = term.conditions.map((condition) => conditionText(condition, clock));
  const of = (call: string) => withFilter(call, filter);
  const x = term.argument === undefined ? '*' : argumentText(term.argument, clock);
  switch (part) {
    case 'rows':
      return of('count(*)');
    case 'mean':
      return `${of(`sum(${x})`)} / nullif(${of(`count(${x})`)}, 0)`;
    case 'squares':
      return `${of(`var_pop(${x})`)} * ${of(`count(${x})`)}`;
    default:
      return of(callText({ ...term, function: part }, clock));
  }
}

const withFilter = (call: string, conditions: readonly string[]): string =>
  conditions.length === 0 ? call : `${call} filter (where ${conditions.join(' and ')})`;

function callText(term: BaseTerm, clock: Clock): string {
  const { time, availableAt } = clock;
  const x = term.argument === undefined ? '*' : argumentText(term.argument, clock);
  // Of equal instants the one known first or last; then by value, so that the result never depends on row order.
  const order = `row(${time}, ${availableAt}, ${x})`;
  switch (term.function) {
    case 'count':
      return `count(${x})`;
    case 'count_distinct':
      return `count(distinct ${x})`;
    case 'sum':
    case 'avg':
    case 'min':
    case 'max':
      return `${term.function}(${x})`;
    case 'stddev':
      return `stddev_samp(${x})`;
    case 'quantile':
      return `quantile_cont(${x}, ${literalText(term.parameter)})`;
    case 'mode':
      return `mode(${x} order by ${x})`;
    case 'first':
      return `arg_min(${x}, ${order})`;
    case 'last':
      return `arg_max(${x}, ${order})`;
    case 'as_of':
      return `arg_max_null(${x}, ${order})`;
    case 'decay': {
      const age = `(epoch_us(${clock.predictionTime}) - epoch_us(${time}::timestamp))`;
      return `sum(${x} * power(0.5, ${age} / ${literalText(term.parameter)}))`;
    }
    case 'first_time':
      return `min(${time})`;
    case 'last_time':
      return `max(${time})`;
    case 'nth_time': {
      const n = term.parameter ?? 1;
      return n < 0 ? `max(${time}, ${-n})` : `min(${time}, ${n})`;
    }
  }
}

/** What an aggregate is without rows, unless the user says otherwise. */
export function ownDefault(term: AggregateTerm): Default {
  if (term.kind === 'ratio') return null;
  return ['count', 'count_distinct', 'sum', 'decay'].includes(term.function) ? 0 : null;
}

/** The SQL type a feature has unless the user says otherwise: counts are INTEGER, measures DOUBLE. */
export function ownType(term: AggregateTerm): string | undefined {
  if (term.kind === 'ratio') return 'double';
  switch (term.function) {
    case 'count':
    case 'count_distinct':
      return 'integer';
    case 'sum':
    case 'avg':
    case 'stddev':
    case 'quantile':
    case 'decay':
      return 'double';
    default:
      return undefined;
  }
}
