import type { PlanOperator, RecursiveCteOperator } from '../../../sql/index.ts';
import { type Scope, Unreadable } from '../analysis.ts';
import type { Derivation, Rules } from '../derivation.ts';
import { possible, presence, split } from '../moves.ts';
import type { Row } from '../relation.ts';

/**
 * WITH RECURSIVE. Columns that the step hands on unchanged are those of the row the recursion began with;
 * of the others nothing is known. A change to the anchor, or to what the step reads, changes every row derived
 * from it: same handed-on columns, any others.
 */
export const recursiveRules: Rules<RecursiveCteOperator> = {
  row: (derive, node, scope) => anyRow(derive, node, scope),
  moves: (derive, node, scope) => {
    const { context } = derive.analysis;
    if (node.keyed || !isLinear(node.step, node.index)) {
      throw new Unreadable('a recursive step that is not a join of one reference to itself');
    }
    const known = anyRow(derive, node, scope);
    const handed = handedOn(derive, node, scope);
    const base = [
      ...derive.moves(node.anchor, scope),
      ...derive.moves(node.step, within(node, scope, known)),
    ];
    return possible(
      context,
      base.flatMap((move) => {
        const derived = split(context, move).map((part) =>
          presence(
            move,
            part.sign as '+' | '-',
            part.after.map((term, index) => (handed.has(index) ? term : context.like(term, 'recursion'))),
            part.facts,
          ),
        );
        return [...(move.sign === '~' ? split(context, move) : [move]), ...derived];
      }),
    );
  },
  keys: () => [],
  width: (_derive, node) => node.width,
};

function within(node: RecursiveCteOperator, scope: Scope, recursive: Row): Scope {
  return { ...scope, ctes: new Map([...scope.ctes, [node.index, { node, scope, recursive, moves: [] }]]) };
}

/** Columns that the step copies from its reference. */
function handedOn(derive: Derivation, node: RecursiveCteOperator, scope: Scope): ReadonlySet<number> {
  const anchor = derive.row(node.anchor, scope);
  const columns = anchor.columns.map((term) => derive.analysis.context.like(term, 'handed on'));
  const step = derive.row(node.step, within(node, scope, { columns, facts: [] }));
  return new Set(columns.flatMap((term, index) => (step.columns[index]?.key === term.key ? [index] : [])));
}

function anyRow(derive: Derivation, node: RecursiveCteOperator, scope: Scope): Row {
  const anchor = derive.row(node.anchor, scope);
  const handed = handedOn(derive, node, scope);
  return {
    columns: anchor.columns.map((term, index) =>
      handed.has(index) ? term : derive.analysis.context.like(term, 'recursion'),
    ),
    facts: anchor.facts,
  };
}

/** The step reaches its one reference through projections, filters and inner joins only. */
function isLinear(step: PlanOperator, index: number): boolean {
  return countReferences(step, index) === 1 && reaches(step, index);
}

function reaches(node: PlanOperator, index: number): boolean {
  switch (node.kind) {
    case 'cte ref':
      return node.index === index;
    case 'projection':
    case 'filter':
      return reaches(node.child, index);
    case 'cross':
      return reaches(node.left, index) || reaches(node.right, index);
    case 'join':
      if (node.type === 'inner' && !node.asof && node.correlated === undefined) {
        return reaches(node.left, index) || reaches(node.right, index);
      }
      return (
        ['semi', 'anti', 'mark', 'left', 'single'].includes(node.type) &&
        node.correlated === undefined &&
        reaches(node.left, index)
      );
    case 'cte':
      return countReferences(node.definition, index) === 0 && reaches(node.body, index);
    default:
      return false;
  }
}

function countReferences(node: PlanOperator, index: number): number {
  if (node.kind === 'cte ref') return node.index === index ? 1 : 0;
  return childrenOf(node).reduce((sum, child) => sum + countReferences(child, index), 0);
}

function childrenOf(node: PlanOperator): readonly PlanOperator[] {
  if ('child' in node) return [node.child];
  if ('left' in node) return [node.left, node.right];
  switch (node.kind) {
    case 'cte':
      return [node.definition, node.body];
    case 'recursive cte':
      return [node.anchor, node.step];
    case 'opaque':
      return node.children;
    default:
      return [];
  }
}
