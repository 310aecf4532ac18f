import type { AggregateTerm } from '../define/aggregate.ts';
import { boundsInOrder, sameBound } from './bounds.ts';
import { type Column, isOverCells, overCells } from './cell-parts.ts';
import { type Cells, cutCells } from './cells.ts';
import { mergerOf } from './merges.ts';
import { partText } from './terms.ts';
import { type Clock, isOfDays, type Range } from './window.ts';

/** An aggregate over a range, as a view's features ask for it. */
export interface Wanted {
  readonly term: Extract<AggregateTerm, { kind: 'base' }>;
  readonly range: Range;
  /** Everything that is made of it is DOUBLE. */
  readonly isDouble: boolean;
}

/** A stretch of time before the prediction time, and the aggregates of its rows, by name. */
export interface Ring {
  readonly name: string;
  readonly range: Range;
  /** Its rows are summed up to cells before they meet a prediction time. */
  readonly isOfCells: boolean;
  readonly parts: Map<string, Part>;
}

/** An aggregate as SQL over rows (`d`), and over the cells they are summed up to (`c`), where they are. */
export interface Part {
  readonly overRows: string;
  readonly overCells: string | undefined;
}

/** Cells, and what each sums up: name and SQL over rows. */
export interface SummedCells extends Cells {
  readonly sums: ReadonlyMap<string, string>;
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
  /** What rings of cells are made of. */
  readonly cells: SummedCells | undefined;
}

/** From so many FILTERs on, a ring's own join costs less than they do (`npm run bench:features`). */
export const filtersPerRing = 4;

/**
 * The rings of those aggregates that merge, of cells where that is possible and pays; undefined where they would spare fewer
 * than `from` FILTERs each.
 *
 * @param times the prediction times of the spine's calendar, in order, where it is known
 */
export function planRings(
  wanted: ReadonlyMap<string, Wanted>,
  clock: Clock,
  from: number,
  times: readonly Date[] | undefined,
): Rings | undefined {
  const merging = [...wanted].filter(([, { term }]) => mergerOf(term) !== undefined);
  // A join of cells costs less than one of rows.
  const summed = ringsOfCells(merging, clock, from / 2, times);
  if (summed === undefined) return cutRings(merging, clock, from);
  const others = merging.filter(([name]) => !summed.merged.has(name));
  const more = cutRings(others, clock, from, { prefix: 'row_ring' });
  if (more === undefined) return summed;
  return {
    rings: [...summed.rings, ...more.rings],
    merged: new Map([...summed.merged, ...more.merged]),
    cells: summed.cells,
  };
}

function ringsOfCells(
  merging: readonly Named[],
  clock: Clock,
  from: number,
  times: readonly Date[] | undefined,
): Rings | undefined {
  const { edges, cohort } = clock.view;
  if (times === undefined || edges !== '[)' || cohort !== undefined) return undefined;
  const summing = merging.filter(([, { term, range }]) => isOverCells(term) && isOfDays(range));
  const rings = cutRings(summing, clock, from)?.rings;
  const cells = rings && cutCells(times, rings, from === 0);
  return cells && cutRings(summing, clock, from, { cells });
}

type Named = readonly [string, Wanted];

function cutRings(
  merging: readonly Named[],
  clock: Clock,
  from: number,
  { prefix = 'ring', cells }: { readonly prefix?: string; readonly cells?: Cells } = {},
): Rings | undefined {
  const bounds = boundsInOrder(merging.flatMap(([, { range }]) => [range.start, range.end]));
  if (bounds === undefined || bounds.length < 3) return undefined;
  const at = (bound: Range['start']) => bounds.findIndex((other) => sameBound(bound, other));
  const stretches = bounds.slice(1).map(
    (start, i): Ring => ({
      name: `${prefix}_${i + 1}`,
      range: { start, end: bounds[i] ?? [] },
      isOfCells: cells !== undefined,
      parts: new Map(),
    }),
  );
  const sums = new Map<string, string>();
  const merged = new Map<string, Merged>();
  for (const [name, one] of merging) {
    const { term, range } = one;
    const merger = mergerOf(term);
    if (merger === undefined) continue;
    const within = stretches.slice(at(range.end), at(range.start));
    const word = wordOf(term);
    const column: Column = (what, text) => nameOf(sums, `_${what}_${word}`, text, same);
    const columns = merger.parts.map((kind) => {
      const part: Part = {
        overRows: partText(kind, term, clock),
        overCells: cells && overCells(kind, one, clock, column),
      };
      return within.map((ring) => `${ring.name}.${nameOf(ring.parts, `_${kind}_${word}`, part, samePart)}`);
    });
    merged.set(name, { sql: merger.merge(...columns), orZero: merger.orZero?.(...columns) });
  }
  // A stretch between two windows that none of them holds has nothing to compute.
  const rings = stretches.filter(({ parts }) => parts.size > 0);
  if (merging.length < from * rings.length) return undefined;
  return { rings, merged, cells: cells && { ...cells, sums } };
}

const same = (a: string, b: string): boolean => a === b;

const samePart = (a: Part, b: Part): boolean => a.overRows === b.overRows && a.overCells === b.overCells;

/** The name of a value among `known`; equal values have one. */
function nameOf<Value>(
  known: Map<string, Value>,
  wish: string,
  value: Value,
  equal: (a: Value, b: Value) => boolean,
): string {
  for (const [name, other] of known) if (equal(other, value)) return name;
  let name = wish;
  for (let i = 2; known.has(name); i++) name = `${wish}_${i}`;
  known.set(name, value);
  return name;
}

function wordOf({ argument }: Wanted['term']): string {
  if (argument === undefined) return 'rows';
  return typeof argument === 'string' && /^[a-z]\w*$/.test(argument) ? argument : 'value';
}
