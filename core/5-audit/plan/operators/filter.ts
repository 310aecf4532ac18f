import type { FilterOperator, OrderOperator, PlanExpression } from '../../../sql/index.ts';
import type { Term } from '../../symbolic/term.ts';
import type { Scope } from '../analysis.ts';
import type { Derivation, Rules } from '../derivation.ts';
import { mapKeys, ownKey } from '../keys.ts';
import { filterMove, possible } from '../moves.ts';
import type { Key, Move } from '../relation.ts';
import { volatileMoves } from './volatile.ts';

/** Keeps rows on which every condition is TRUE; ORDER BY keeps all. Both may narrow the columns. */
export const filterRules: Rules<FilterOperator | OrderOperator> = {
  row: (derive, node, scope) => {
    const { analysis } = derive;
    const child = derive.row(node.child, scope);
    const holds = conditionsOf(node).map((condition) => analysis.truth(condition, child.columns).isTrue);
    return { columns: narrow(node.map, child.columns), facts: [...child.facts, ...holds] };
  },
  moves: (derive, node, scope) => {
    const { analysis } = derive;
    const conditions = conditionsOf(node);
    const moves = derive.moves(node.child, scope);
    const passing =
      conditions.length === 0 ? moves : moves.flatMap((move) => filterMove(analysis, move, conditions));
    return [
      ...possible(analysis.context, passing).map((move) => narrowMove(node.map, move)),
      ...volatileMoves(derive, node, scope, conditions),
    ];
  },
  keys: (derive, node, scope) => {
    const keys = [...derive.keys(node.child, scope), ...rankKeys(derive, node, scope)];
    const { map } = node;
    if (map === undefined) return keys;
    return mapKeys(keys, (column) => map.indexOf(column));
  },
  width: (derive, node, scope) => node.map?.length ?? derive.width(node.child, scope),
};

function conditionsOf(node: FilterOperator | OrderOperator): readonly PlanExpression[] {
  return node.kind === 'filter' ? node.conditions : [];
}

function narrow<T>(map: readonly number[] | undefined, columns: readonly T[]): readonly T[] {
  return map === undefined ? columns : map.map((index) => columns[index] as T);
}

function narrowMove(map: readonly number[] | undefined, move: Move): Move {
  if (map === undefined) return move;
  const after: readonly Term[] = narrow(map, move.after);
  return {
    ...move,
    after,
    before: move.sign === '~' ? narrow(map, move.before) : after,
    changed: move.sign === '~' ? narrow(map, move.changed) : [],
    anchored: new Set(map.flatMap((column, place) => (move.anchored.has(column) ? [place] : []))),
  };
}

/** `row_number() over (partition by k) = 1` leaves one row per k. */
function rankKeys(derive: Derivation, node: FilterOperator | OrderOperator, scope: Scope): Key[] {
  if (node.kind !== 'filter' || node.child.kind !== 'window') return [];
  const { windows, child } = node.child;
  const firstWindow = derive.width(child, scope);
  return node.conditions.flatMap((condition) => {
    if (condition.kind !== 'comparison' || !['=', '<='].includes(condition.operator)) return [];
    const limit = condition.right.kind === 'cast' ? condition.right.child : condition.right;
    if (limit.kind !== 'constant' || limit.value.kind !== 'number' || limit.value.value !== 1) return [];
    const rank = condition.left.kind === 'ref' ? windows[condition.left.index - firstWindow] : undefined;
    if (rank?.name !== 'row_number') return [];
    const parts = rank.partitions.map((part) => (part.kind === 'ref' ? part.index : -1));
    return parts.includes(-1) ? [] : [ownKey(parts)];
  });
}
