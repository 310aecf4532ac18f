import type { CteOperator, CteRefOperator } from '../../../sql/index.ts';
import { type CteEntry, type Scope, Unreadable } from '../analysis.ts';
import type { Derivation, Rules } from '../derivation.ts';

/** WITH: every reference is a copy of its definition, changed by the same moves. */
export const cteRules: Rules<CteOperator | CteRefOperator> = {
  row: (derive, node, scope) => {
    if (node.kind === 'cte') return derive.row(node.body, extend(derive, node, scope));
    const entry = entryOf(node, scope);
    return entry.recursive ?? derive.row(entry.node, entry.scope);
  },
  moves: (derive, node, scope) => {
    if (node.kind === 'cte') return derive.moves(node.body, extend(derive, node, scope));
    const entry = entryOf(node, scope);
    if (entry.recursive !== undefined) return entry.moves ?? [];
    entry.moves ??= derive.moves(entry.node, entry.scope);
    return entry.moves;
  },
  keys: (derive, node, scope) => {
    if (node.kind === 'cte') return derive.keys(node.body, extend(derive, node, scope));
    const entry = entryOf(node, scope);
    return entry.recursive === undefined ? derive.keys(entry.node, entry.scope) : [];
  },
  width: (derive, node, scope) =>
    node.kind === 'cte' ? derive.width(node.body, extend(derive, node, scope)) : node.types.length,
};

/** One scope per CTE and outer scope, so that a definition's moves are derived once. */
function extend({ analysis }: Derivation, node: CteOperator, scope: Scope): Scope {
  const known = analysis.scopes.get(scope) ?? new Map<CteOperator, Scope>();
  analysis.scopes.set(scope, known);
  const found = known.get(node);
  if (found !== undefined) return found;
  const made: Scope = {
    ...scope,
    ctes: new Map([...scope.ctes, [node.index, { node: node.definition, scope }]]),
  };
  known.set(node, made);
  return made;
}

function entryOf(node: CteRefOperator, scope: Scope): CteEntry {
  const entry = scope.ctes.get(node.index);
  if (entry === undefined || node.recurring) throw new Unreadable('a common table expression out of sight');
  return entry;
}
