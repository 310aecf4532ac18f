import type { CrossOperator, JoinCondition, JoinOperator, PlanExpression } from '../../../sql/index.ts';
import { compare } from '../../symbolic/compare.ts';
import type { BooleanTerm, Term } from '../../symbolic/term.ts';
import type { Scope } from '../analysis.ts';
import type { Derivation, Rules } from '../derivation.ts';
import type { Fact } from '../facts.ts';
import { mapKeys, restingOn } from '../keys.ts';
import { readBy } from '../moves.ts';
import type { Row } from '../relation.ts';
import { asofMoves } from './join-asof.ts';
import { existenceMoves } from './join-existence.ts';
import { pairMoves } from './join-pairs.ts';
import { volatileMoves } from './volatile.ts';

/** Joins of every type, correlated ones included: a correlated subquery is the right side, once per left row. */
export const joinRules: Rules<JoinOperator | CrossOperator> = {
  row: (derive, node, scope) => {
    const shape = joinShape(derive, node, scope);
    const left = derive.row(node.left, scope);
    return joinedRow(derive, shape, left, rightRow(derive, shape, left.columns));
  },
  moves: (derive, node, scope) => {
    const shape = joinShape(derive, node, scope);
    const moves =
      shape.type === 'semi' || shape.type === 'anti' || shape.type === 'mark'
        ? existenceMoves(derive, shape)
        : shape.asof
          ? asofMoves(derive, shape)
          : [...pairMoves(derive, shape, 'left'), ...pairMoves(derive, shape, 'right')];
    return [...moves, ...volatileMoves(derive, node, scope, shape.expressions)];
  },
  keys: (derive, node, scope) => {
    const shape = joinShape(derive, node, scope);
    const left = derive.keys(node.left, scope);
    if (shape.type === 'semi' || shape.type === 'anti' || shape.type === 'mark') return left;
    const width = shape.leftWidth;
    const right = mapKeys(derive.keys(node.right, shape.rightScope([])), (column) => column + width);
    const [oneRight, oneLeft] = [uniqueBy(derive, shape, 'right'), uniqueBy(derive, shape, 'left')];
    const fromLeft = oneRight && !shape.keepsRight ? left.map((key) => restingOn(key, oneRight)) : [];
    const fromRight = oneLeft && !shape.keepsLeft ? right.map((key) => restingOn(key, oneLeft)) : [];
    if (shape.keepsLeft && shape.keepsRight) return [];
    const both = left
      .flatMap((a) => right.map((b) => restingOn({ ...a, columns: [...a.columns, ...b.columns] }, b.facts)))
      .slice(0, 8);
    return [...fromLeft, ...fromRight, ...(shape.keepsLeft || shape.keepsRight ? [] : both)];
  },
  width: (derive, node, scope) => {
    const left = derive.width(node.left, scope);
    const type = node.kind === 'join' ? node.type : 'inner';
    if (type === 'semi' || type === 'anti') return left;
    return type === 'mark' ? left + 1 : left + derive.width(node.right, scope);
  },
};

/** A join as its rules see it. */
export interface JoinShape {
  readonly node: JoinOperator | CrossOperator;
  readonly type: JoinOperator['type'];
  readonly asof: boolean;
  /** Unmatched left (right) rows stay, with NULLs. */
  readonly keepsLeft: boolean;
  readonly keepsRight: boolean;
  readonly conditions: readonly JoinCondition[];
  readonly predicate?: PlanExpression;
  readonly correlated?: readonly PlanExpression[];
  readonly leftWidth: number;
  readonly rightWidth: number;
  /** Columns of either side that decide what it is matched with. */
  readonly leftReads: ReadonlySet<number>;
  readonly rightReads: ReadonlySet<number>;
  readonly expressions: readonly PlanExpression[];
  readonly scope: Scope;
  /** The right side's scope, for a left row. */
  readonly rightScope: (left: readonly Term[]) => Scope;
}

export function joinShape(derive: Derivation, node: JoinOperator | CrossOperator, scope: Scope): JoinShape {
  const type = node.kind === 'cross' ? 'inner' : node.type;
  const conditions = node.kind === 'cross' ? [] : node.conditions;
  const predicate = node.kind === 'cross' ? undefined : node.predicate;
  const correlated = node.kind === 'cross' ? undefined : node.correlated;
  const leftWidth = derive.width(node.left, scope);
  const both = predicate === undefined ? [] : [...readBy([predicate])];
  return {
    node,
    type,
    asof: node.kind === 'join' && node.asof,
    keepsLeft: type === 'left' || type === 'single' || type === 'full',
    keepsRight: type === 'right' || type === 'full',
    conditions,
    predicate,
    correlated,
    leftWidth,
    rightWidth: derive.width(node.right, scope),
    leftReads: new Set([
      ...readBy([...conditions.map(({ left }) => left), ...(correlated ?? [])]),
      ...both.filter((column) => column < leftWidth),
    ]),
    rightReads: new Set([
      ...readBy(conditions.map(({ right }) => right)),
      ...both.filter((column) => column >= leftWidth).map((column) => column - leftWidth),
    ]),
    expressions: [
      ...conditions.flatMap(({ left, right }) => [left, right]),
      ...(predicate === undefined ? [] : [predicate]),
    ],
    scope,
    rightScope: (left) =>
      correlated === undefined
        ? scope
        : {
            ...scope,
            correlated:
              left.length === 0
                ? undefined
                : correlated.map((expression) => derive.analysis.value(expression, left)),
          },
  };
}

/** Any right row, for a left row. */
export function rightRow(derive: Derivation, shape: JoinShape, left: readonly Term[]): Row {
  return derive.row(shape.node.right, shape.rightScope(left));
}

/** Whether two rows match. */
export function matches(
  { analysis }: Derivation,
  shape: JoinShape,
  left: readonly Term[],
  right: readonly Term[],
): BooleanTerm {
  const { context } = analysis;
  const parts = shape.conditions.map((condition) =>
    compare(
      context,
      condition.operator,
      analysis.value(condition.left, left),
      analysis.value(condition.right, right),
    ),
  );
  if (shape.predicate !== undefined) parts.push(analysis.truth(shape.predicate, [...left, ...right]));
  return context.boolean(
    context.f.and(...parts.map(({ isTrue }) => isTrue)),
    context.f.or(...parts.map(({ isFalse }) => isFalse)),
  );
}

/** The declared keys by which at most one row of that side matches a row of the other; undefined: more may. */
export function uniqueBy(
  derive: Derivation,
  shape: JoinShape,
  side: 'left' | 'right',
): readonly Fact[] | undefined {
  if (side === 'right' && (shape.asof || shape.type === 'single')) return [];
  const scope = side === 'right' ? shape.rightScope([]) : shape.scope;
  const equated = new Set<number>();
  const distinct = new Set<number>();
  for (const condition of shape.conditions) {
    const expression = condition[side];
    if (expression.kind !== 'ref') continue;
    if (condition.operator === '=' || condition.operator === 'is not distinct') equated.add(expression.index);
    // What is declared unique may hold NULLs more than once.
    if (condition.operator === '=') distinct.add(expression.index);
  }
  return derive
    .keys(shape.node[side], scope)
    .filter(({ columns, facts }) =>
      columns.every((column) => (facts.length === 0 ? equated : distinct).has(column)),
    )
    .map(({ facts }) => facts)
    .sort((a, b) => a.length - b.length)[0];
}

function joinedRow(derive: Derivation, shape: JoinShape, left: Row, right: Row): Row {
  const { context } = derive.analysis;
  const { f } = context;
  const on = matches(derive, shape, left.columns, right.columns);
  switch (shape.type) {
    case 'semi':
      return { columns: left.columns, facts: [...left.facts, ...right.facts, on.isTrue] };
    case 'anti':
      return left;
    case 'mark': {
      const mark = context.unknown('BOOLEAN', 'mark', true) as BooleanTerm;
      const found = f.implies(mark.isTrue, f.and(...right.facts, on.isTrue));
      return { columns: [...left.columns, mark], facts: [...left.facts, found] };
    }
    default: {
      const hasLeft = shape.keepsRight ? context.flag('left row') : f.true;
      const hasRight = shape.keepsLeft ? context.flag('right row') : f.true;
      return {
        columns: [
          ...left.columns.map((term) => context.nullUnless(hasLeft, term)),
          ...right.columns.map((term) => context.nullUnless(hasRight, term)),
        ],
        facts: [
          f.or(hasLeft, hasRight),
          ...left.facts.map((fact) => f.implies(hasLeft, fact)),
          ...right.facts.map((fact) => f.implies(hasRight, fact)),
          f.implies(f.and(hasLeft, hasRight), on.isTrue),
        ],
      };
    }
  }
}
