import type { AggregateOperator, PlanAggregate } from '../../../sql/index.ts';
import { compare } from '../../symbolic/compare.ts';
import type { Formula } from '../../symbolic/formula.ts';
import { emptyList, grow } from '../../symbolic/lists.ts';
import { isNullOfNothing } from '../../symbolic/null-arguments.ts';
import { sortOf, type Term } from '../../symbolic/term.ts';
import type { Scope } from '../analysis.ts';
import type { Derivation, Rules } from '../derivation.ts';
import { ownKey } from '../keys.ts';
import { isSubset, possible, presence, readBy, replacement, touched } from '../moves.ts';
import type { Move, Row } from '../relation.ts';
import { contributes, counts, Members } from './aggregate-members.ts';
import { argumentMoves, volatileMoves } from './volatile.ts';

/**
 * GROUP BY. A group's row changes when a member comes, goes or changes; an aggregate changes only if the
 * member counts for it: its FILTER is TRUE, its argument is not NULL.
 */
export const aggregateRules: Rules<AggregateOperator> = {
  row: (derive, node, scope) => {
    const { context } = derive.analysis;
    const rows = node.sets.map((set) => groupRow(derive, node, scope, set));
    const [only] = rows;
    if (rows.length === 1 && only !== undefined) return only;
    const width = only?.columns.length ?? 0;
    const columns = Array.from({ length: width }, (_, index) =>
      context.like((only as Row).columns[index] as Term, 'group'),
    );
    const alternatives = rows.map((row) =>
      context.f.and(
        ...row.facts,
        ...columns.map((term, index) => context.same(term, row.columns[index] as Term)),
      ),
    );
    return { columns, facts: [context.f.or(...alternatives)] };
  },
  moves: (derive, node, scope) => {
    const members = new Members(derive, node, scope);
    const moves = derive
      .moves(node.child, scope)
      .flatMap((move) => node.sets.flatMap((set) => groupMoves(derive, node, set, move, members)));
    const inside = node.aggregates.flatMap(({ children, filter, orders }) => [
      ...children,
      ...(filter ? [filter] : []),
      ...orders.map(({ expression }) => expression),
    ]);
    return [
      ...possible(derive.analysis.context, moves),
      ...volatileMoves(derive, node, scope, [...node.groups, ...inside]),
      ...(node.aggregates.some(({ name }) => BINDS_CONSTANTS.test(name))
        ? argumentMoves(derive, node, scope)
        : []),
    ];
  },
  keys: (_derive, node) => {
    const [set] = node.sets;
    return node.sets.length === 1 && set?.length === node.groups.length
      ? [ownKey(node.groups.map((_, index) => index))]
      : [];
  },
  width: (_derive, node) => node.groups.length + node.aggregates.length + node.groupings,
};

/** A separator or a fraction is a constant by the time there is a plan. */
const BINDS_CONSTANTS = /^(string_agg|group_concat|listagg|\w*quantile\w*|approx_top_k)$/;

/** The group of any member: its keys, and aggregates of which little is known. */
function groupRow(derive: Derivation, node: AggregateOperator, scope: Scope, set: readonly number[]): Row {
  const isGlobal = node.groups.length === 0;
  const member = isGlobal ? { columns: [], facts: [] } : derive.row(node.child, scope);
  const keys = isGlobal ? [] : keysOf(derive, node, set, member.columns);
  const values = aggregateValues(derive, node, set, keys, 'value', new Members(derive, node, scope));
  return {
    columns: [...keys, ...values.columns, ...groupingColumns(derive, node)],
    facts: [...member.facts, ...values.facts],
  };
}

function keysOf(
  { analysis }: Derivation,
  node: AggregateOperator,
  set: readonly number[],
  member: readonly Term[],
): Term[] {
  return node.groups.map((group, index) =>
    set.includes(index) ? analysis.value(group, member) : analysis.context.null(group.type),
  );
}

function groupingColumns({ analysis }: Derivation, node: AggregateOperator): Term[] {
  return Array.from({ length: node.groupings }, () => analysis.context.unknown('BIGINT', 'grouping', false));
}

function isCount({ name }: PlanAggregate): boolean {
  return name === 'count' || name === 'count_star';
}

const PICKS = new Set([
  'max',
  'min',
  'first',
  'last',
  'any_value',
  'arbitrary',
  'arg_max',
  'arg_min',
  'max_by',
  'min_by',
]);

/** Fresh aggregate values for a group; the ones that pick a member's time are some member's. */
function aggregateValues(
  derive: Derivation,
  node: AggregateOperator,
  set: readonly number[],
  keys: readonly Term[],
  name: string,
  members: Members,
): Row {
  const { analysis } = derive;
  const { context } = analysis;
  const { f } = context;
  const facts: Formula[] = [];
  const columns = node.aggregates.map((aggregate, index) => {
    // A group has a member, and a list takes every one.
    const isThere = isCount(aggregate) || (isList(aggregate) && set.length > 0 && !aggregate.filter);
    const value = context.unknown(aggregate.type, `${aggregate.name} ${name}`, !isThere);
    const [argument] = aggregate.children;
    if (!PICKS.has(aggregate.name) || argument === undefined || sortOf(aggregate.type) !== 'time')
      return value;
    const member = members.any(`${name} ${index}`);
    const picked = analysis.value(argument, member.columns);
    const counts =
      aggregate.filter === undefined ? [] : [analysis.truth(aggregate.filter, member.columns).isTrue];
    const sameKeys = keysOf(derive, node, set, member.columns).map((key, place) =>
      context.same(key, keys[place] as Term),
    );
    facts.push(
      f.or(
        context.isNull(value),
        f.and(
          ...member.facts,
          ...sameKeys,
          ...counts,
          f.not(context.isNull(picked)),
          context.same(value, picked),
        ),
      ),
    );
    return value;
  });
  return { columns, facts };
}

/** What a member's move does to its group (both groups, where its keys change). */
function groupMoves(
  derive: Derivation,
  node: AggregateOperator,
  set: readonly number[],
  move: Move,
  members: Members,
): (Move | undefined)[] {
  const { context } = derive.analysis;
  const { f } = context;
  const keyReads = readBy(set.map((index) => node.groups[index] as PlanAggregate['children'][number]));
  const rekeyed = touched(context, move, keyReads);
  if (rekeyed.id !== f.false.id) {
    const facts = [...move.facts, rekeyed];
    return [
      ...groupMoves(derive, node, set, presence(move, '-', move.before, facts), members),
      ...groupMoves(derive, node, set, presence(move, '+', move.after, facts), members),
      ...groupMoves(derive, node, set, stripKeys(derive, move, keyReads), members),
    ];
  }
  const keys = keysOf(derive, node, set, move.after);
  const [before, after] = withLists(
    derive,
    node,
    move,
    aggregateValues(derive, node, set, keys, 'before', members),
    aggregateValues(derive, node, set, keys, 'after', members),
  );
  const extremes = move.sign === '~' ? [] : extremeFacts(derive, node, move, before.columns, after.columns);
  const groupings = groupingColumns(derive, node);
  const aggregated = node.aggregates.map((aggregate) =>
    contributes(derive, node, members, set, keys, aggregate, move),
  );
  const change = replacement(
    context,
    move,
    [...keys, ...keepUnchanged(f.false, aggregated, before.columns, after.columns), ...groupings],
    [...keys, ...after.columns, ...groupings],
    [...move.facts, ...before.facts, ...after.facts, ...extremes],
    (column) => aggregated[column - keys.length] ?? f.false,
  );
  const global = set.length === 0 && node.groups.length === 0;
  const persists =
    global || (move.sign !== '~' && move.anchored.size > 0 && isSubset(keyReads, move.anchored));
  if (move.sign === '~' || persists) return [change];
  const values = aggregateValues(derive, node, set, keys, 'alone', members);
  // Its only member: an aggregate that does not count it is of nothing.
  const single = values.columns.map((term, index) => {
    const counted = counts(derive, node.aggregates[index] as PlanAggregate, move.after);
    const aggregate = node.aggregates[index] as PlanAggregate;
    if (isCount(aggregate)) return context.choose(counted, term, context.integer('int', 0));
    const only = isList(aggregate)
      ? listWith(derive, aggregate, emptyList(context), move.after)
      : onlyMember(derive, aggregate, move.after, term);
    return isNullOfNothing(aggregate.name) ? context.nullUnless(counted, only) : term;
  });
  const facts = [...move.facts, ...values.facts];
  const alone = presence(move, move.sign, [...keys, ...single, ...groupings], facts);
  return [change, alone];
}

/** Elements as they come: DISTINCT would put them in another order. */
function isList({ name, distinct }: PlanAggregate): boolean {
  return (name === 'list' || name === 'array_agg') && !distinct;
}

/** The list of a group is the other one with the member's element more. */
function withLists(
  derive: Derivation,
  node: AggregateOperator,
  move: Move,
  before: Row,
  after: Row,
): [Row, Row] {
  const columns = node.aggregates.map((aggregate, index): [Term, Term] => {
    const without = before.columns[index] as Term;
    if (!isList(aggregate)) return [without, after.columns[index] as Term];
    const within = (row: readonly Term[]): Term => listWith(derive, aggregate, without, row);
    if (move.sign === '~') return [within(move.before), within(move.after)];
    return move.sign === '+' ? [without, within(move.after)] : [within(move.after), without];
  });
  return [
    { ...before, columns: columns.map(([old]) => old) },
    { ...after, columns: columns.map(([, next]) => next) },
  ];
}

function listWith(derive: Derivation, aggregate: PlanAggregate, list: Term, row: readonly Term[]): Term {
  const { analysis } = derive;
  const [argument] = aggregate.children;
  const element = argument && analysis.value(argument, row);
  if (element === undefined) return list;
  return grow(analysis.context, { base: list, element, when: counts(derive, aggregate, row) });
}

const KEEPS_ONE = new Set(['max', 'min', 'first', 'last', 'any_value', 'arbitrary']);

/** What an aggregate of one member is: the member's own value, where it picks one. */
function onlyMember(
  { analysis }: Derivation,
  aggregate: PlanAggregate,
  row: readonly Term[],
  otherwise: Term,
): Term {
  const [argument] = aggregate.children;
  if (argument === undefined || !KEEPS_ONE.has(aggregate.name)) return otherwise;
  const value = analysis.value(argument, row);
  return value.sort === otherwise.sort && argument.type === aggregate.type ? value : otherwise;
}

/**
 * A member that comes is the new maximum, and the old one was smaller or there was none; else the maximum stays. The
 * same for minima, and the other way round for a member that goes.
 */
function extremeFacts(
  { analysis }: Derivation,
  node: AggregateOperator,
  move: Move,
  before: readonly Term[],
  after: readonly Term[],
): Formula[] {
  const { context } = analysis;
  const { f } = context;
  return node.aggregates.flatMap((aggregate, index) => {
    const [argument, second] = aggregate.children;
    const isExtreme = aggregate.name === 'max' || aggregate.name === 'min';
    if (argument === undefined || second !== undefined || !isExtreme) return [];
    const [old, next] = [before[index] as Term, after[index] as Term];
    const value = analysis.value(argument, move.after);
    if (value.sort !== old.sort || !['time', 'int'].includes(value.sort)) return [];
    const [without, within] = move.sign === '+' ? [old, next] : [next, old];
    const beaten = compare(context, aggregate.name === 'max' ? '<' : '>', without, value).isTrue;
    const wins = f.and(context.same(within, value), f.or(context.isNull(without), beaten));
    return [f.or(context.same(old, next), wins)];
  });
}

/** Aggregates that the member does not count for have one value. */
function keepUnchanged(
  never: Formula,
  conditions: readonly Formula[],
  before: readonly Term[],
  after: readonly Term[],
): Term[] {
  return before.map((term, index) => (conditions[index]?.id === never.id ? (after[index] as Term) : term));
}

/** The same move when the keys did not change. */
function stripKeys({ analysis }: Derivation, move: Move, keyReads: ReadonlySet<number>): Move {
  const { f } = analysis.context;
  return {
    ...move,
    before: move.before.map((term, index) => (keyReads.has(index) ? (move.after[index] as Term) : term)),
    changed: move.changed.map((condition, index) => (keyReads.has(index) ? f.false : condition)),
  };
}
