import { nearest } from '../../diagnostics/index.ts';
import type { AggregateTerm, Default } from '../define/aggregate.ts';
import { type ParsedDuration, times } from '../define/duration.ts';
import type { FeatureTerm, SpineCondition } from '../define/feature.ts';
import type { FeatureView } from '../define/feature-view.ts';
import type { ModelColumn } from '../define/typed-model.ts';
import { quoteName } from '../typed/keywords.ts';
import { refuse } from '../typed/problem.ts';
import { type Expanded, everything, expand } from './expand-features.ts';
import { filtersPerRing, type Merged, planRings, type Rings, type Wanted } from './rings.ts';
import { aggregateText, fragmentText, literalText, ownDefault, ownType } from './terms.ts';
import { Clock, durationOf, type Range, widest, windowWords } from './window.ts';

/** A view as the parts of its query; `viewQuery` puts them together. */
export interface CompiledView {
  readonly clock: Clock;
  /** What all of the view's joins of spine and rows hold. */
  readonly join: Range;
  /** Aggregates by one join, a FILTER for each window: name and SQL. */
  readonly filtered: { readonly join: Range; readonly aggregates: ReadonlyMap<string, string> };
  /** The other aggregates, by a join for each ring of time, where that is faster. */
  readonly rings: Rings | undefined;
  readonly streaks: readonly {
    readonly name: string;
    readonly period: ParsedDuration;
    readonly range: Range;
  }[];
  readonly outputs: readonly Output[];
}

/** A column of the view: SQL over the spine (`s`), the filtered aggregates (`w`) and the rings. */
export interface Output extends ModelColumn {
  readonly name: string;
  readonly sql: string;
}

/**
 * Turns a view's declaration into aggregates over range joins and expressions over them. A window is a FILTER in one join
 * of all; where many aggregates have the same windows, these are cut into rings. Equal aggregates are computed once.
 *
 * @param ringsFrom how many FILTERs a ring must spare to get its own join; 0 is always, Infinity never
 * @param times the prediction times of the spine's calendar, in order, where it is known: for those, rings are made of cells
 * @throws RenderError for mistakes in the declaration
 */
export function compileView(
  view: FeatureView,
  ringsFrom = filtersPerRing,
  times?: readonly Date[],
): CompiledView {
  const clock = new Clock(view);
  const entries = Object.entries(view.features);
  if (entries.length === 0) refuse('CH257', { problem: `the feature view \`${view.name}\` has no features` });
  const expanded = entries.flatMap(([name, feature]) => expand(name, feature));
  const byName = new Map<string, Expanded>();
  for (const one of expanded) {
    const before = byName.get(one.name);
    if (before) refuse('CH253', { name: one.name, first: before.entry, second: one.entry });
    if ([...view.entity, view.predictionTime].includes(one.name))
      refuse('CH253', { name: one.name, first: 'the key of the spine', second: one.entry });
    byName.set(one.name, one);
  }
  const join = widest(
    expanded.flatMap(({ term, range }) => (term.kind === 'sql' || term.kind === 'divide' ? [] : [range])),
  );
  const all = compileOutputs(expanded, new Compiler(clock, byName, undefined));
  const rings = planRings(all.wanted, clock, ringsFrom, times);
  const { outputs, wanted, streaks } =
    rings === undefined ? all : compileOutputs(expanded, new Compiler(clock, byName, rings));
  const filtered = [...wanted].filter(([name]) => !rings?.merged.has(name));
  const held = widest(filtered.map(([, { range }]) => range));
  const aggregates = new Map(
    filtered.map(([name, { term, range }]) => [name, aggregateText(term, range, held, clock)]),
  );
  return { clock, join, filtered: { join: held, aggregates }, rings, streaks, outputs };
}

function compileOutputs(features: readonly Expanded[], compiler: Compiler) {
  // `_name` is a step on the way to other features, no column.
  const outputs = features
    .filter(({ name }) => !name.startsWith('_'))
    .map((one) => ({
      name: one.name,
      sql: compiler.output(one),
      description: one.options.description?.replaceAll('{window}', one.window ?? 'all of its history'),
      window: windowWords(one.range),
    }));
  return { outputs, wanted: compiler.wanted, streaks: compiler.streaks };
}

class Compiler {
  readonly wanted = new Map<string, Wanted>();
  readonly #names = new Map<string, string>();
  readonly streaks: CompiledView['streaks'][number][] = [];
  readonly #open: string[] = [];

  constructor(
    readonly clock: Clock,
    readonly features: ReadonlyMap<string, Expanded>,
    readonly rings: Rings | undefined,
  ) {}

  /** The column's SQL: its value where the cohort and `onlyWhere` hold, NULL elsewhere. */
  output(one: Expanded): string {
    const { cohort } = this.clock.view;
    const only: SpineCondition[] = [...one.options.only];
    if (cohort) only.unshift({ column: cohort.column, values: cohort.in });
    const value = this.#value(one);
    if (only.length === 0) return value;
    return `case when ${only.map((condition) => this.#onSpine(condition)).join(' and ')} then ${value} end`;
  }

  #onSpine(condition: SpineCondition): string {
    if ('sql' in condition) return `(${fragmentText(condition.sql, this.clock)})`;
    const column = `s.${quoteName(condition.column)}`;
    if ('values' in condition) return `${column} in (${condition.values.map(literalText).join(', ')})`;
    return `${column} ${condition.operator} ${literalText(condition.value)}`;
  }

  #value(one: Expanded): string {
    const { name, term, range, options } = one;
    const own = (sql: string, type: string | undefined): string => {
      const value = options.default == null ? sql : `coalesce(${sql}, ${literalText(options.default)})`;
      const cast = options.type ?? type;
      if (cast === undefined) return value;
      return /^[\w.]+(\(.*\))?$/.test(value) && balanced(value) ? `${value}::${cast}` : `(${value})::${cast}`;
    };
    switch (term.kind) {
      case 'windows': {
        const type = term.type ?? ownType(term.aggregate);
        const isDouble = (options.type ?? type) === 'double';
        return own(this.#term(name, term.aggregate, range, isDouble, options.default), type);
      }
      case 'since': {
        const time = this.#aggregate(name, eventTime(one.entry, term.nth), range, false).sql;
        return own(`date_diff('${term.unit}', ${time}::timestamp, ${this.clock.predictionTime})`, 'integer');
      }
      case 'change':
        return own(this.#change(one, term), undefined);
      case 'slope':
        return own(this.#slope(one, term), undefined);
      case 'streak': {
        const period = durationOf(term.period, `the feature \`${name}\``);
        this.streaks.push({ name, period, range });
        return own(`coalesce(${quoteName(name)}.streak, 0)`, 'integer');
      }
      case 'divide':
        return own(`${this.#other(one, term.over)} / nullif(${this.#other(one, term.under)}, 0)`, undefined);
      case 'sql':
        return own(
          fragmentText(term.sql, this.clock, (other) => this.#other(one, other)),
          undefined,
        );
    }
  }

  /** Another feature's SQL, in place of its name: the engine computes it once. */
  #other(one: Expanded, name: string): string {
    const other = this.features.get(name);
    if (!other) refuse('CH255', { feature: one.name, name, nearest: nearest(name, this.features.keys()) });
    if (name === one.name || this.#open.includes(name))
      refuse('CH255', { feature: one.name, name, cycle: true });
    this.#open.push(one.name);
    const sql = this.#value(other);
    this.#open.pop();
    return /^[\w.]+$/.test(sql) ? sql : `(${sql})`;
  }

  #change(one: Expanded, term: Extract<FeatureTerm, { kind: 'change' }>): string {
    const window = durationOf(term.window, `the feature \`${one.name}\``);
    // A quotient is DOUBLE whatever it is made of.
    const isDouble = term.form !== 'difference';
    const now = this.#term(`${one.name}_now`, term.aggregate, { start: [window], end: [] }, isDouble);
    const earlier = { start: [times(window, 2)], end: [window] };
    const before = this.#term(`${one.name}_before`, term.aggregate, earlier, isDouble);
    const difference = `(${now} - ${before})`;
    if (term.form === 'difference') return difference;
    return term.form === 'relative'
      ? `${difference} / nullif(${before}, 0)`
      : `${difference} / (${before} + 1)`;
  }

  /** Least squares through k values at equal distances: the weights are -(k-1), -(k-3), ..., k-1, halved. */
  #slope(one: Expanded, term: Extract<FeatureTerm, { kind: 'slope' }>): string {
    const where = `the feature \`${one.name}\``;
    const window = durationOf(term.window, where);
    const period = durationOf(term.period, where);
    const count = window.longest / period.longest;
    if (window.unit === 'month' || !Number.isInteger(count) || count < 2) {
      refuse('CH254', { where, text: term.window, problem: `is not two or more times \`${term.period}\`` });
    }
    const parts: string[] = [];
    let squares = 0;
    for (let back = 0; back < count; back++) {
      const weight = count - 1 - 2 * back;
      squares += weight * weight;
      if (weight === 0) continue;
      const stretch = { start: [times(period, back + 1)], end: back === 0 ? [] : [times(period, back)] };
      const piece = this.#term(`${one.name}_${back + 1}`, term.aggregate, stretch, true);
      const value = Math.abs(weight) === 1 ? piece : `${Math.abs(weight)} * ${piece}`;
      parts.push(weight < 0 ? `- ${value}` : parts.length === 0 ? value : `+ ${value}`);
    }
    return `(${parts.join(' ')}) / ${squares / 2}`;
  }

  /** @param isDouble whether the value is taken as DOUBLE only */
  #term(name: string, term: AggregateTerm, range: Range, isDouble: boolean, declared?: Default): string {
    if (term.kind === 'ratio') {
      const over = this.#term(`${name}_over`, term.over, range, true);
      return `${over} / nullif(${this.#term(`${name}_under`, term.under, range, true)}, 0)`;
    }
    const { sql, orZero } = this.#aggregate(name, term, range, isDouble);
    // What the user declares comes later, with the feature's own coalesce; a count of nothing has to give way to it.
    if (declared !== undefined) return term.function.startsWith('count') ? `nullif(${sql}, 0)` : sql;
    const fallback = ownDefault(term);
    if (fallback === 0 && orZero !== undefined) return `(${orZero})`;
    return fallback == null ? sql : `coalesce(${sql}, ${literalText(fallback)})`;
  }

  /** An aggregate's value: a column of the filtered join, or rings merged. */
  #aggregate(name: string, term: Wanted['term'], range: Range, isDouble: boolean): Merged {
    const text = aggregateText(term, range, everything, this.clock);
    let known = this.#names.get(text);
    if (known === undefined) {
      known = name;
      for (let i = 2; this.wanted.has(known); i++) known = `${name}_${i}`;
      this.#names.set(text, known);
    }
    this.wanted.set(known, { term, range, isDouble: isDouble && this.wanted.get(known)?.isDouble !== false });
    const merged = this.rings?.merged.get(known);
    return merged ?? { sql: `w.${quoteName(known)}`, orZero: undefined };
  }
}

function eventTime(entry: string, nth: number): Wanted['term'] {
  if (!Number.isInteger(nth) || nth === 0) {
    refuse('CH257', {
      problem: `the feature \`${entry}\` asks for event number ${nth}`,
      fix: 'Events count from 1, or from -1 backwards.',
    });
  }
  if (nth === 1) return { kind: 'base', function: 'first_time', conditions: [] };
  if (nth === -1) return { kind: 'base', function: 'last_time', conditions: [] };
  return { kind: 'base', function: 'nth_time', parameter: nth, conditions: [] };
}

/** True when the text is one call or name: its first bracket closes at its end. */
function balanced(text: string): boolean {
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '(') depth++;
    else if (text[i] === ')' && --depth === 0 && i < text.length - 1) return false;
  }
  return depth === 0;
}
