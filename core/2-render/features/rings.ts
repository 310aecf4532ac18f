import type { AggregateTerm } from '../define/aggregate.ts';
import { boundsInOrder, sameBound } from './bounds.ts';
import { mergerOf } from './merges.ts';
import { partText } from './terms.ts';
import type { Clock, Range } from './window.ts';

/** An aggregate over a range, as a view's features ask for it. */
export interface Wanted {
  readonly term: Extract<AggregateTerm, { kind: 'base' }>;
  readonly range: Range;
}

/** A stretch of time before the prediction time, and the aggregates of its rows: name and SQL. */
export interface Ring {
  readonly name: string;
  readonly range: Range;
  readonly parts: Map<string, string>;
}

/** An aggregate over a window, in terms of rings `r1`, `r2`...; `orZero` is shorter than a coalesce where there is one. */
export interface Merged {
  readonly sql: string;
  readonly orZero: string | undefined;
}

/**
 * Windows cut into rings that share no row: each aggregate sees a pair of spine row and row once, however many windows
 * hold it. A window is the rings from its end to its start, merged.
 */
export interface Rings {
  readonly rings: readonly Ring[];
  readonly merged: ReadonlyMap<string, Merged>;
}

/** From so many FILTERs on, a ring's own join costs less than they do (`npm run bench:features`). */
export const filtersPerRing = 4;

/** The rings of those aggregates that merge; undefined where they would spare fewer than `from` FILTERs each. */
export function planRings(
  wanted: ReadonlyMap<string, Wanted>,
  clock: Clock,
  from: number,
): Rings | undefined {
  const merging = [...wanted].filter(([, { term }]) => mergerOf(term) !== undefined);
  const bounds = boundsInOrder(merging.flatMap(([, { range }]) => [range.start, range.end]));
  if (bounds === undefined || bounds.length < 3) return undefined;
  const at = (bound: Range['start']) => bounds.findIndex((other) => sameBound(bound, other));
  const stretches = bounds.slice(1).map(
    (start, i): Ring => ({
      name: `ring_${i + 1}`,
      range: { start, end: bounds[i] ?? [] },
      parts: new Map(),
    }),
  );
  const merged = new Map<string, Merged>();
  for (const [name, { term, range }] of merging) {
    const merger = mergerOf(term);
    if (merger === undefined) continue;
    const within = stretches.slice(at(range.end), at(range.start));
    const columns = merger.parts.map((part) => {
      const text = partText(part, term, clock);
      return within.map((ring) => `${ring.name}.${columnOf(ring, text, `_${part}_${wordOf(term)}`)}`);
    });
    merged.set(name, { sql: merger.merge(...columns), orZero: merger.orZero?.(...columns) });
  }
  // A stretch between two windows that none of them holds has nothing to compute.
  const rings = stretches.filter(({ parts }) => parts.size > 0);
  return merging.length < from * rings.length ? undefined : { rings, merged };
}

/** The column of an aggregate in a ring; equal aggregates have one. */
function columnOf(ring: Ring, text: string, wish: string): string {
  for (const [name, known] of ring.parts) if (known === text) return name;
  let name = wish;
  for (let i = 2; ring.parts.has(name); i++) name = `${wish}_${i}`;
  ring.parts.set(name, text);
  return name;
}

function wordOf({ argument }: Wanted['term']): string {
  if (argument === undefined) return 'rows';
  return typeof argument === 'string' && /^[a-z]\w*$/.test(argument) ? argument : 'value';
}
