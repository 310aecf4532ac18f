import type { AggregateOperator, PlanAggregate } from '../../../sql/index.ts';
import { compare } from '../../symbolic/compare.ts';
import { zeroOf } from '../../symbolic/evaluate.ts';
import type { Formula } from '../../symbolic/formula.ts';
import { passesOverNulls } from '../../symbolic/null-arguments.ts';
import { sortOf, type Term } from '../../symbolic/term.ts';
import type { Scope } from '../analysis.ts';
import type { Derivation } from '../derivation.ts';
import { readBy, touched } from '../moves.ts';
import type { Move, Row } from '../relation.ts';

/**
 * Any members of any groups, one for each role that a member plays beside the one that moves. Moves are judged
 * one at a time, so they share them.
 */
export class Members {
  readonly #rows = new Map<string, Row>();

  constructor(
    readonly derive: Derivation,
    readonly node: AggregateOperator,
    readonly scope: Scope,
  ) {}

  any(role: string): Row {
    const known = this.#rows.get(role) ?? this.derive.row(this.node.child, this.scope);
    this.#rows.set(role, known);
    return known;
  }
}

/** When a member's move can change the aggregate of a group that is there before and after. */
export function contributes(
  derive: Derivation,
  node: AggregateOperator,
  members: Members,
  set: readonly number[],
  keys: readonly Term[],
  aggregate: PlanAggregate,
  move: Move,
): Formula {
  const { analysis } = derive;
  const { context } = analysis;
  const { f } = context;
  const counts = (row: readonly Term[]): Formula =>
    aggregate.filter === undefined ? f.true : analysis.truth(aggregate.filter, row).isTrue;
  const read = [...aggregate.children, ...aggregate.orders.map(({ expression }) => expression)];
  if (move.sign === '~') {
    const filterReads = aggregate.filter === undefined ? [] : [aggregate.filter];
    const refiltered = touched(context, move, readBy(filterReads));
    const rearranged = touched(context, move, readBy(read));
    if (f.or(refiltered, rearranged).id === f.false.id) return f.false;
    const [before, after] = [counts(move.before), counts(move.after)];
    const differs = f.or(
      ...read.map((argument) =>
        f.not(context.same(analysis.value(argument, move.before), analysis.value(argument, move.after))),
      ),
    );
    const weighs = (row: readonly Term[]): Formula => f.and(counts(row), takes(derive, aggregate, row));
    // It was a member and is none, or the reverse, or it is one with another value.
    return f.or(
      f.and(refiltered, f.not(before), weighs(move.after)),
      f.and(refiltered, before, f.not(after), takes(derive, aggregate, move.before)),
      f.and(rearranged, differs, f.or(weighs(move.before), weighs(move.after))),
    );
  }
  const row = move.after;
  return f.and(
    counts(row),
    takes(derive, aggregate, row),
    matters(derive, node, members, set, keys, aggregate, row),
  );
}

/** Whether the aggregate counts the member: its FILTER is TRUE, and it looks at the argument. */
export function counts(derive: Derivation, aggregate: PlanAggregate, row: readonly Term[]): Formula {
  const { analysis } = derive;
  const { f } = analysis.context;
  const passes = aggregate.filter === undefined ? f.true : analysis.truth(aggregate.filter, row).isTrue;
  return f.and(passes, takes(derive, aggregate, row));
}

/** Whether the aggregate looks at the member at all. */
function takes({ analysis }: Derivation, aggregate: PlanAggregate, row: readonly Term[]): Formula {
  const { f } = analysis.context;
  const [argument] = aggregate.children;
  if (argument === undefined || !passesOverNulls(aggregate.name)) return f.true;
  return f.not(analysis.context.isNull(analysis.value(argument, row)));
}

/**
 * Whether the member's value moves the aggregate, given that another member is there all along and that the
 * argument is never NULL (`case when ... then x else 0 end`): adding zero to a sum or FALSE to a count, a value that is not above
 * another one to a maximum, FALSE to an OR.
 */
function matters(
  derive: Derivation,
  node: AggregateOperator,
  members: Members,
  set: readonly number[],
  keys: readonly Term[],
  aggregate: PlanAggregate,
  row: readonly Term[],
): Formula {
  const { analysis } = derive;
  const { context } = analysis;
  const { f } = context;
  const [argument] = aggregate.children;
  // Without keys there need not be another member: the sum of nothing is NULL, not zero.
  if (argument === undefined || aggregate.filter !== undefined || set.length === 0) return f.true;
  const value = analysis.value(argument, row);
  if (aggregate.name === 'count_if' || aggregate.name === 'countif')
    return f.or(someNull(derive, members, argument), analysis.truth(argument, row).isTrue);
  if (aggregate.name === 'sum') {
    if (value.sort === 'bool') return f.true;
    return f.or(
      someNull(derive, members, argument),
      f.not(context.same(value, zeroOf(context, argument.type))),
    );
  }
  const sort = sortOf(argument.type);
  if (
    !['max', 'min', 'bool_or', 'bool_and'].includes(aggregate.name) ||
    !['int', 'time', 'bool'].includes(sort)
  )
    return f.true;
  const other = members.any('rival');
  const rival = analysis.value(argument, other.columns);
  const sameKeys = node.groups.map((group, index) =>
    set.includes(index) ? context.same(analysis.value(group, other.columns), keys[index] as Term) : f.true,
  );
  const grows = aggregate.name === 'max' || aggregate.name === 'bool_or';
  const wins = f.and(...other.facts, ...sameKeys, compare(context, grows ? '>' : '<', value, rival).isTrue);
  return f.or(someNull(derive, members, argument), wins);
}

/** The argument is NULL on some row of the child. */
function someNull(
  derive: Derivation,
  members: Members,
  argument: PlanAggregate['children'][number],
): Formula {
  const { analysis } = derive;
  const any = members.any('null');
  return analysis.context.f.and(...any.facts, analysis.context.isNull(analysis.value(argument, any.columns)));
}
