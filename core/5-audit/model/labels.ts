import type { Derivation } from '../plan/derivation.ts';
import type { Fact } from '../plan/facts.ts';
import type { Origin } from '../plan/relation.ts';
import { parseInterval } from '../symbolic/literals.ts';
import { isZonedType } from '../symbolic/term.ts';
import { shift } from '../symbolic/time.ts';
import { Refuter } from './entail.ts';
import { type ModelShape, momentType } from './obligations.ts';
import { type Decided, seedsOf } from './prove.ts';

/** What was found of a label: which of its influences may lie outside (p, p + horizon]. */
export interface LabelVerdict {
  readonly outside: readonly Decided[];
  /** Something later than p does change it. */
  readonly hasFuture: boolean;
  readonly exhausted: boolean;
  /** The instant of each source's rows that lies inside. */
  readonly clocks: readonly { readonly source: string; readonly clock: string }[];
  /** Declared facts by which the rest of its future lies inside. */
  readonly facts: readonly Fact[];
}

/**
 * A label may be changed by what was known at p and by what happened in (p, p + horizon], by some instant of
 * the row (or the cell) itself: one instant per source read, the same for all rows.
 *
 * @param decided the label's obligations, decided as a feature's would be: open ones are its future
 */
export function judgeLabel(
  derive: Derivation,
  shape: ModelShape,
  decided: readonly Decided[],
  horizon: string,
  budget: number,
): LabelVerdict {
  const { context } = derive.analysis;
  const { f } = context;
  const interval = parseInterval(horizon);
  const refuter = new Refuter(derive.analysis, budget);
  const facts = new Set<Fact>();
  const inside: { source: string; clock: string }[] = [];
  const open = decided.filter(({ proof }) => proof.status !== 'proved');
  const end = interval && shift(context, context.moment, interval);
  const outside = openByOrigin(decided).flatMap((items) => {
    const [first] = items;
    const origin = first?.obligation.move.origin;
    if (end === undefined || origin === undefined || origin.kind === 'volatile') return items;
    const { source } = origin.row;
    const clock = clocksOf(origin, momentType(shape)).find((column) => {
      const needed = new Set<Fact>();
      const all = items.every(({ obligation }) => {
        const { row } = obligation.move.origin as Exclude<Origin, { kind: 'volatile' }>;
        const term = row.cell(column);
        if (term.sort !== 'time') return false;
        const within = f.and(
          f.not(term.isNull),
          context.atMost(context.moment, term, -1),
          context.atMost(term, end, 0),
        );
        const goal = f.and(obligation.formula, obligation.move.origin.unknown, f.not(within));
        const proof = refuter.prove(goal, seedsOf(obligation.move));
        if (proof.status !== 'proved') return false;
        for (const fact of proof.facts) needed.add(fact);
        return true;
      });
      if (all) for (const fact of needed) facts.add(fact);
      return all;
    });
    if (clock === undefined) return items;
    inside.push({ source: source.name, clock: source.columns[clock]?.name ?? '' });
    return [];
  });
  return {
    outside,
    hasFuture: open.length > 0,
    clocks: inside,
    facts: [...facts],
    exhausted: open.some(({ proof }) => proof.status === 'exhausted'),
  };
}

/** What stays open of a label's obligations is its future: by the read of a source that it comes from. */
export function openByOrigin(decided: readonly Decided[]): readonly (readonly Decided[])[] {
  const found = new Map<string, Decided[]>();
  for (const item of decided) {
    if (item.proof.status === 'proved') continue;
    const key = originKey(item.obligation.move.origin);
    found.set(key, [...(found.get(key) ?? []), item]);
  }
  return [...found.values()];
}

/**
 * Instants that may be the time of the event: of a cell, its own first. With a zone where prediction times have one, else
 * without: what lies between the two depends on the session.
 */
export function clocksOf(origin: Exclude<Origin, { kind: 'volatile' }>, moment: string): number[] {
  const times = origin.row.source.columns.flatMap(({ type }, column) =>
    /^(TIMESTAMP|DATE)/.test(type) && isZonedType(type) === isZonedType(moment) ? [column] : [],
  );
  return origin.kind === 'cell'
    ? [origin.column, ...times].filter((c, i, all) => times.includes(c) && all.indexOf(c) === i)
    : times;
}

function originKey(origin: Origin): string {
  if (origin.kind === 'volatile') return origin.name;
  return `${origin.row.source.uniqueId} ${origin.kind === 'cell' ? origin.column : ''} ${origin.path.join('>')}`;
}
