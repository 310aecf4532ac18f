import type { PlanOperator } from '../../sql/index.ts';
import type { Analysis, Scope } from './analysis.ts';
import { Unreadable } from './analysis.ts';
import { aggregateRules } from './operators/aggregate.ts';
import { cteRules } from './operators/cte.ts';
import { distinctRules } from './operators/distinct.ts';
import { filterRules } from './operators/filter.ts';
import { getRules } from './operators/get.ts';
import { joinRules } from './operators/join.ts';
import { leafRules } from './operators/leaf.ts';
import { limitRules } from './operators/limit.ts';
import { opaqueRules } from './operators/opaque.ts';
import { projectionRules } from './operators/projection.ts';
import { recursiveRules } from './operators/recursive.ts';
import { setRules } from './operators/set.ts';
import { unnestRules } from './operators/unnest.ts';
import { windowRules } from './operators/window.ts';
import type { Key, Move, Row } from './relation.ts';

/** What one kind of operator makes of rows and of their changes. */
export interface Rules<Node extends PlanOperator> {
  /** Any row of the operator's output. */
  readonly row: (derive: Derivation, node: Node, scope: Scope) => Row;
  /** Every way in which the output can change. */
  readonly moves: (derive: Derivation, node: Node, scope: Scope) => readonly Move[];
  readonly keys: (derive: Derivation, node: Node, scope: Scope) => readonly Key[];
  readonly width: (derive: Derivation, node: Node, scope: Scope) => number;
}

type Kind = PlanOperator['kind'];

const rules: { readonly [K in Kind]: Rules<Extract<PlanOperator, { kind: K }>> } = {
  get: getRules,
  'table function': leafRules,
  dummy: leafRules,
  values: leafRules,
  empty: leafRules,
  'delim get': leafRules,
  projection: projectionRules,
  filter: filterRules,
  order: filterRules,
  limit: limitRules,
  aggregate: aggregateRules,
  distinct: distinctRules,
  window: windowRules,
  unnest: unnestRules,
  join: joinRules,
  cross: joinRules,
  union: setRules,
  except: setRules,
  intersect: setRules,
  cte: cteRules,
  'cte ref': cteRules,
  'recursive cte': recursiveRules,
  opaque: opaqueRules,
};

/** Applies the operators' rules; the one place that knows them all. */
export class Derivation {
  constructor(readonly analysis: Analysis) {}

  row(node: PlanOperator, scope: Scope): Row {
    return this.#rules(node).row(this, node, scope);
  }

  moves(node: PlanOperator, scope: Scope): readonly Move[] {
    const moves = this.#rules(node).moves(this, node, scope);
    if (moves.length > this.analysis.limit) {
      throw new Unreadable(
        `the query is too large to prove: more than ${this.analysis.limit} ways to change it`,
      );
    }
    return moves;
  }

  keys(node: PlanOperator, scope: Scope): readonly Key[] {
    return this.#rules(node).keys(this, node, scope);
  }

  width(node: PlanOperator, scope: Scope): number {
    return this.#rules(node).width(this, node, scope);
  }

  #rules(node: PlanOperator): Rules<PlanOperator> {
    return rules[node.kind] as unknown as Rules<PlanOperator>;
  }
}
