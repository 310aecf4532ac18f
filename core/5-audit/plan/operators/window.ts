import type { PlanExpression, PlanFrameBound, PlanWindow, WindowOperator } from '../../../sql/index.ts';
import { compare } from '../../symbolic/compare.ts';
import type { Formula } from '../../symbolic/formula.ts';
import { passesOverNullsInFrames } from '../../symbolic/null-arguments.ts';
import type { Term } from '../../symbolic/term.ts';
import type { Analysis, Scope } from '../analysis.ts';
import type { Derivation, Rules } from '../derivation.ts';
import { possible, presence, readBy, replacement, touched } from '../moves.ts';
import type { Move, Origin, Row } from '../relation.ts';
import { volatileMoves } from './volatile.ts';

/**
 * Window functions add columns. When a row comes, goes or changes, the columns of other rows change whose
 * partition and frame it is in, going by the first order key.
 */
export const windowRules: Rules<WindowOperator> = {
  row: (derive, node, scope) => {
    const child = derive.row(node.child, scope);
    return { columns: [...child.columns, ...fresh(derive, node, 'value')], facts: child.facts };
  },
  moves: (derive, node, scope) => {
    const { context } = derive.analysis;
    const peer = derive.row(node.child, scope);
    const moves = derive.moves(node.child, scope).flatMap((move) => {
      return [ownMove(derive, node, move), peerMove(derive, node, scope, move, peer)];
    });
    const expressions = node.windows.flatMap(readsOf);
    return [...possible(context, moves), ...volatileMoves(derive, node, scope, expressions)];
  },
  keys: (derive, node, scope) => derive.keys(node.child, scope),
  width: (derive, node, scope) => derive.width(node.child, scope) + node.windows.length,
};

function fresh({ analysis }: Derivation, node: WindowOperator, name: string): Term[] {
  return node.windows.map((window) => analysis.context.unknown(window.type, `${window.name} ${name}`, true));
}

/** The row that moves: its own window columns are new. */
function ownMove(derive: Derivation, node: WindowOperator, move: Move): Move | undefined {
  const { context } = derive.analysis;
  const values = fresh(derive, node, 'own');
  if (move.sign !== '~') {
    const { anchored, net, paired } = move;
    return presence(move, move.sign, [...move.after, ...values], move.facts, { anchored, net, paired });
  }
  const width = move.after.length;
  const conditions = node.windows.map((window) => touched(context, move, readBy(readsOf(window))));
  const before = fresh(derive, node, 'own before').map((term, index) =>
    conditions[index]?.id === context.f.false.id ? (values[index] as Term) : term,
  );
  return replacement(
    context,
    move,
    [...move.before, ...before],
    [...move.after, ...values],
    move.facts,
    (column) =>
      column < width ? (move.changed[column] as Formula) : (conditions[column - width] as Formula),
  );
}

/** Any other row: its window columns change if the moving row counts for them. */
function peerMove(
  derive: Derivation,
  node: WindowOperator,
  scope: Scope,
  move: Move,
  peer: Row,
): Move | undefined {
  const { context } = derive.analysis;
  const { f } = context;
  const conditions = node.windows.map((window) => {
    if (move.sign !== '~') return counts(derive, window, peer.columns, move.after);
    const changes = touched(context, move, readBy(readsOf(window)));
    if (changes.id === f.false.id) return f.false;
    return f.and(
      changes,
      f.or(
        counts(derive, window, peer.columns, move.before),
        counts(derive, window, peer.columns, move.after),
      ),
    );
  });
  const after = fresh(derive, node, 'after');
  const before = fresh(derive, node, 'before').map((term, index) =>
    conditions[index]?.id === f.false.id ? (after[index] as Term) : term,
  );
  const width = peer.columns.length;
  return replacement(
    context,
    { origin: throughWindow(node, scope, move), indirect: true },
    [...peer.columns, ...before],
    [...peer.columns, ...after],
    [
      ...peer.facts,
      ...move.facts,
      f.or(...conditions),
      ...node.windows.map((window, index) =>
        neighbours(derive, window, move, before[index] as Term, after[index] as Term),
      ),
    ],
    (column) => conditions[column - width] ?? f.false,
  );
}

/**
 * LEAD of the key that rows are ordered by is the next key. A row that comes becomes the next one, and then the
 * key that was next is not before it, or there was none; else nothing changes. The other way round for one that goes.
 * LAG looks that way where rows are ordered from the last to the first.
 */
function neighbours(
  { analysis }: Derivation,
  window: PlanWindow,
  move: Move,
  before: Term,
  after: Term,
): Formula {
  const { context } = analysis;
  const { f } = context;
  const [argument] = window.children;
  const [order] = window.orders;
  const isNext = window.function === (order?.descending === true ? 'lag' : 'lead');
  const isKey =
    argument?.kind === 'ref' &&
    order?.expression.kind === 'ref' &&
    argument.index === order.expression.index &&
    window.offset === undefined &&
    window.others.length === 0;
  if (!isNext || !isKey || move.sign === '~' || before.key === after.key) return f.true;
  const key = analysis.value(argument, move.after);
  const [without, within] = move.sign === '+' ? [before, after] : [after, before];
  // Keys that are missing may stand first in the direction that is looked in: then such a row comes between, too.
  const missingFirst = order?.nullsFirst === (order?.descending !== true);
  const later = f.or(
    missingFirst ? context.isNull(key) : f.false,
    context.isNull(without),
    compare(context, '>=', without, key).isTrue,
  );
  return f.or(context.same(before, after), f.and(context.same(within, key), later));
}

/** Remembers by which window function rows depend on each other. */
function throughWindow({ windows }: WindowOperator, { model }: Scope, { origin }: Move): Origin {
  const [window] = windows;
  return window === undefined ? origin : { ...origin, via: { window: window.name, model } };
}

function readsOf(window: PlanWindow): PlanExpression[] {
  return [
    ...window.partitions,
    ...window.orders.map(({ expression }) => expression),
    ...window.children,
    ...(window.offset === undefined ? [] : [window.offset]),
    ...window.others,
    ...(window.filter === undefined ? [] : [window.filter]),
    ...('expression' in window.start ? [window.start.expression] : []),
    ...('expression' in window.end ? [window.end.expression] : []),
  ];
}

/** The member is in the row's partition and frame, and the function looks at it. */
function counts(
  { analysis }: Derivation,
  window: PlanWindow,
  row: readonly Term[],
  member: readonly Term[],
): Formula {
  const { context } = analysis;
  const { f } = context;
  const parts = window.partitions.map((part) =>
    context.same(analysis.value(part, row), analysis.value(part, member)),
  );
  if (window.filter !== undefined) parts.push(analysis.truth(window.filter, member).isTrue);
  const [argument] = window.children;
  if (window.function === 'aggregate' && argument !== undefined && passesOverNullsInFrames(window.name)) {
    parts.push(f.not(context.isNull(analysis.value(argument, member))));
  }
  const [order] = window.orders;
  if (order === undefined) return f.and(...parts);
  const own = analysis.value(order.expression, row);
  const theirs = analysis.value(order.expression, member);
  /** member `operator` bound, in the direction of the order; NULLs and unordered sorts are anywhere. */
  const lies = (operator: '<=' | '>=', bound: Term): Formula => {
    if (!['time', 'int'].includes(theirs.sort) || bound.sort !== theirs.sort) return f.true;
    const turned = order.descending ? (operator === '<=' ? '>=' : '<=') : operator;
    return f.or(
      context.isNull(theirs),
      context.isNull(bound),
      context.isNull(own),
      compare(context, turned, theirs, bound).isTrue,
    );
  };
  const before = lies('<=', own);
  const after = lies('>=', own);
  switch (window.function) {
    case 'rank':
      return f.and(...parts, before);
    case 'lag':
    case 'lead': {
      const offset = window.offset === undefined ? 1 : wholeNumber(analysis, window.offset, row);
      if (offset === undefined) return f.and(...parts);
      return f.and(...parts, (window.function === 'lag') === offset >= 0 ? before : after);
    }
    case 'whole partition':
    case 'unknown':
      return f.and(...parts);
    case 'aggregate':
    case 'frame value': {
      const { start, end, unit } = window;
      /** So many rows before or after, and not less than none: -1 PRECEDING is the next row. */
      const isAway = (bound: PlanFrameBound, kind: 'preceding' | 'following'): boolean =>
        bound.kind === kind && unit !== 'range' && (wholeNumber(analysis, bound.expression, row) ?? -1) >= 0;
      if (end.kind === 'current row' || isAway(end, 'preceding')) parts.push(before);
      else if ('expression' in end && unit === 'range')
        parts.push(lies('<=', analysis.value(end.expression, row)));
      if (start.kind === 'current row' || isAway(start, 'following')) parts.push(after);
      else if ('expression' in start && unit === 'range')
        parts.push(lies('>=', analysis.value(start.expression, row)));
      return f.and(...parts);
    }
  }
}

/** The value of a constant distance. */
function wholeNumber(
  analysis: Analysis,
  expression: PlanExpression,
  row: readonly Term[],
): number | undefined {
  const term = analysis.value(expression, row);
  if (!analysis.context.isConstant(term) || term.constant.kind !== 'number') return undefined;
  return term.constant.value;
}
