import type { PlanExpression } from '../../sql/index.ts';
import type { Context } from '../symbolic/context.ts';
import type { Formula } from '../symbolic/formula.ts';
import { referencesOf } from '../symbolic/references.ts';
import type { Term } from '../symbolic/term.ts';
import type { Analysis } from './analysis.ts';
import type { Move } from './relation.ts';

export const NONE: ReadonlySet<number> = new Set();

/** A row that appears or disappears. */
export function presence(
  move: Pick<Move, 'origin' | 'indirect'>,
  sign: '+' | '-',
  columns: readonly Term[],
  facts: readonly Formula[],
  rest: Partial<Pick<Move, 'anchored' | 'net' | 'paired'>> = {},
): Move {
  return {
    sign,
    before: columns,
    after: columns,
    changed: [],
    facts,
    anchored: rest.anchored ?? NONE,
    net: rest.net ?? sign,
    paired: rest.paired ?? false,
    origin: move.origin,
    indirect: move.indirect,
  };
}

/** A row whose columns change; undefined when none can. */
export function replacement(
  context: Context,
  move: Pick<Move, 'origin' | 'indirect'>,
  before: readonly Term[],
  after: readonly Term[],
  facts: readonly Formula[],
  when: (column: number) => Formula = () => context.f.true,
): Move | undefined {
  const { f } = context;
  const changed = after.map((term, index) => {
    const old = before[index] as Term;
    if (old.key === term.key) return f.false;
    const condition = when(index);
    return condition.id === f.false.id ? f.false : f.and(condition, f.not(context.same(old, term)));
  });
  if (changed.every(({ id }) => id === f.false.id)) return undefined;
  return {
    sign: '~',
    before,
    after,
    changed,
    facts,
    anchored: NONE,
    net: '+',
    paired: false,
    origin: move.origin,
    indirect: move.indirect,
  };
}

/** When any of the columns that the expressions read differs; false for moves that are not `~`. */
export function touched(context: Context, move: Move, columns: Iterable<number>): Formula {
  if (move.sign !== '~') return context.f.false;
  return context.f.or(...[...columns].map((index) => move.changed[index] ?? context.f.false));
}

export function readBy(expressions: readonly PlanExpression[]): ReadonlySet<number> {
  const found = new Set<number>();
  for (const expression of expressions) for (const index of referencesOf(expression)) found.add(index);
  return found;
}

/** A `~` as the removal of the old row and the arrival of the new one, on the columns that stay. */
export function split(context: Context, move: Move, facts: readonly Formula[] = move.facts): Move[] {
  if (move.sign !== '~') return [move];
  const anchored = new Set(
    move.changed.flatMap(({ id }, index) => (id === context.f.false.id ? [index] : [])),
  );
  return [
    presence(move, '-', move.before, facts, { anchored, paired: true, net: '0' }),
    presence(move, '+', move.after, facts, { anchored, paired: true, net: '0' }),
  ];
}

export function isSubset(inner: ReadonlySet<number>, outer: ReadonlySet<number>): boolean {
  for (const item of inner) if (!outer.has(item)) return false;
  return true;
}

/**
 * A move through a function of its row: the columns become `project(row)`. Columns that read nothing changed
 * are the same before and after.
 */
export function mapMove(
  analysis: Analysis,
  move: Move,
  expressions: readonly PlanExpression[],
): Move | undefined {
  const { context } = analysis;
  const reads = expressions.map(referencesOf);
  const after = expressions.map((expression) => analysis.value(expression, move.after));
  if (move.sign !== '~') {
    const anchored = new Set(reads.flatMap((read, index) => (isSubset(read, move.anchored) ? [index] : [])));
    if (move.anchored.size === 0)
      return presence(move, move.sign, after, move.facts, { net: move.net, paired: move.paired });
    return presence(move, move.sign, after, move.facts, { anchored, net: move.net, paired: move.paired });
  }
  const conditions = reads.map((read) => touched(context, move, read));
  const before = expressions.map((expression, index) =>
    conditions[index]?.id === context.f.false.id
      ? (after[index] as Term)
      : analysis.value(expression, move.before),
  );
  return replacement(context, move, before, after, move.facts, (index) => conditions[index] as Formula);
}

/** What a condition on the row makes of a move: it passes, or its passing changes. */
export function filterMove(analysis: Analysis, move: Move, conditions: readonly PlanExpression[]): Move[] {
  const { context } = analysis;
  const { f } = context;
  const reads = readBy(conditions);
  const holds = (row: readonly Term[]): Formula =>
    f.and(...conditions.map((condition) => analysis.truth(condition, row).isTrue));
  if (move.sign !== '~') {
    const keeps = isSubset(reads, move.anchored);
    const rest = keeps ? { anchored: move.anchored, net: move.net, paired: move.paired } : {};
    return [presence(move, move.sign, move.after, [...move.facts, holds(move.after)], rest)];
  }
  const changes = touched(context, move, reads);
  if (changes.id === f.false.id) return [{ ...move, facts: [...move.facts, holds(move.after)] }];
  const [before, after] = [holds(move.before), holds(move.after)];
  return possible(context, [
    { ...move, facts: [...move.facts, before, after] },
    presence(move, '+', move.after, [...move.facts, changes, after, f.not(before)]),
    presence(move, '-', move.before, [...move.facts, changes, before, f.not(after)]),
  ]);
}

/** Leaves out moves that some fact rules out on sight. */
export function possible(context: Context, moves: readonly (Move | undefined)[]): Move[] {
  const never = context.f.false.id;
  return moves.filter(
    (move): move is Move => move !== undefined && !move.facts.some(({ id }) => id === never),
  );
}
