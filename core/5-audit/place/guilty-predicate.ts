import type { ColumnRef, Expression, Query } from '../../sql/index.ts';
import { namesOf, partsOf, type Read, readsOf } from './reads.ts';
import { nodesIn, selectsIn, startOf } from './tree.ts';

/** A condition that lets the future in, or the read that nothing bounds. */
export interface Guilty {
  readonly at: number;
  /** `bound`: a comparison of the rows' time; `use`: a cell read; `read`: a table without a bound. */
  readonly kind: 'bound' | 'use' | 'read';
  /** Where the comparison's operator stands. */
  readonly operator?: number;
  /** The comparison is on the column that says when rows are known. */
  readonly onClock?: boolean;
}

export interface Suspect {
  /** The relation whose rows (or cells) arrive late, and its columns. */
  readonly relation: string;
  readonly columns: readonly string[];
  /** Columns of it that hold times. */
  readonly times: ReadonlySet<string>;
  /** The column that says when the row was known, where there is one: bounds on it are suspected last. */
  readonly clock?: string;
  /** A cell that was filled in late. */
  readonly cell?: string;
  /** The audited column; undefined for the presence of rows. */
  readonly column?: string;
}

/** Where in a query the future of a relation comes in: the likeliest place, by what its conditions compare. */
export function guiltyPlace(query: Query, suspect: Suspect): Guilty | undefined {
  const outputs = suspect.column === undefined ? new Set<string>() : namesOf(query, suspect.column);
  const reads = readsOf(query, suspect.relation, suspect.columns);
  const found = reads.flatMap((read) => placesOf(read, suspect, outputs));
  return found.sort((a, b) => a.rank - b.rank)[0];
}

/** Where a query calls a window function, for one of its outputs if that is told. */
export function windowPlace(query: Query, name: string, column?: string): number | undefined {
  const outputs = column === undefined ? new Set<string>() : namesOf(query, column);
  const calls = (parts: readonly Expression[]) =>
    parts
      .flatMap((part) => [...nodesIn(part)])
      .filter((node) => node.kind === 'window' && node.name === name);
  const own = selectsIn(query).flatMap((select) => calls(partsOf(select, outputs)));
  return own.map((call) => ('at' in call ? call.at : undefined)).find((at) => at !== undefined);
}

interface Ranked extends Guilty {
  readonly rank: number;
}

function placesOf(read: Read, suspect: Suspect, outputs: ReadonlySet<string>): Ranked[] {
  const parts = partsOf(read.select, outputs);
  if (suspect.cell !== undefined) {
    const use = parts.flatMap((part) => columnsIn(part)).find((one) => isNamed(one, read, suspect.cell));
    return use?.at === undefined ? [] : [{ at: use.at, kind: 'use', rank: 0 }];
  }
  const ranked = parts
    .flatMap((part) => [...nodesIn(part)])
    .filter((node): node is Bound => node.kind === 'comparison' || node.kind === 'between')
    .flatMap((bound): Ranked[] => {
      const at = startOf(bound);
      const side = sideOf(bound, read, suspect);
      if (at === undefined || side === undefined) return [];
      const onClock = columnsIn(bound).some((column) => isNamed(column, read, suspect.clock));
      return [{ at, operator: bound.at, kind: 'bound', onClock, rank: rankOf(side, onClock) }];
    });
  const hasUpper = ranked.some(({ rank }) => rank === RANKS.rightClock);
  const at = read.join?.at ?? read.table.at;
  const isHeld = hasUpper || ranked.some(({ rank }) => rank < RANKS.read);
  const bare: Ranked[] = isHeld || at === undefined ? [] : [{ at, kind: 'read', rank: RANKS.read }];
  // Beside a bound from above, one from below is what it looks like: the start of a window.
  return [...ranked.filter(({ rank }) => !hasUpper || rank !== RANKS.wrongSide), ...bare];
}

/** The likeliest first. A bound on the right clock is mostly right: a read without any bound is likelier. */
const RANKS = { wrongClock: 0, wrongSide: 1, literal: 2, read: 3, rightClock: 4, elsewhere: 5 };

function rankOf(side: Side, onClock: boolean): number {
  if (side === 'literal') return RANKS.literal;
  if (side === 'above') return onClock ? RANKS.rightClock : RANKS.wrongClock;
  return onClock ? RANKS.wrongSide : RANKS.elsewhere;
}

type Bound = Expression & { readonly kind: 'comparison' | 'between' };
type Side = 'above' | 'below' | 'literal';

/** From which side a comparison holds a time of the read; undefined when it does not. */
function sideOf(node: Bound, read: Read, { times }: Suspect): Side | undefined {
  const mine = (part: Expression): boolean =>
    columnsIn(part).some((column) => read.owns(column) && times.has(nameOf(column)));
  const foreign = (part: Expression): boolean =>
    columnsIn(part).some((column) => !read.owns(column)) || readsClock(part);
  if (node.kind === 'between') {
    if (!mine(node.operand)) return undefined;
    return foreign(node.upper) || foreign(node.operand) ? 'above' : 'literal';
  }
  const { left, right, operator } = node;
  if (!['<', '<=', '>', '>='].includes(operator) || !(mine(left) || mine(right))) return undefined;
  if (!foreign(left) && !foreign(right)) return mine(left) && mine(right) ? undefined : 'literal';
  if ((mine(left) && foreign(left)) || (mine(right) && foreign(right))) return 'above';
  return mine(left) === (operator === '<' || operator === '<=') ? 'above' : 'below';
}

function columnsIn(part: Expression): ColumnRef[] {
  return [...nodesIn(part)].filter((node): node is ColumnRef => node.kind === 'column');
}

function readsClock(part: Expression): boolean {
  return [...nodesIn(part)].some((node) => node.kind === 'call' && /^(now|today|current_)/i.test(node.name));
}

function isNamed(column: ColumnRef, read: Read, name: string | undefined): boolean {
  return name !== undefined && read.owns(column) && nameOf(column) === name.toLowerCase();
}

function nameOf({ path }: ColumnRef): string {
  return path.at(-1)?.toLowerCase() ?? '';
}
