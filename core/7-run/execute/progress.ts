import type { Diagnostic } from '../../diagnostics/index.ts';
import type { NodeResult, NodeStatus, OnRunEvent } from '../events.ts';
import type { NodeStep, TestStep } from '../plan/plan.ts';

/** A node or test that is being worked on. */
export interface Started {
  readonly step: NodeStep | TestStep;
  readonly index: number;
  readonly at: Date;
  readonly thread: number;
}

export interface Ending {
  readonly status: NodeStatus;
  readonly seconds: number;
  readonly rows?: number;
  readonly failures?: number;
  readonly message?: string;
  readonly diagnostics?: readonly Diagnostic[];
}

/** Numbers nodes in the order they start, emits their events, keeps their results. */
export class Progress {
  readonly results: NodeResult[] = [];
  #index = 0;
  readonly #total: number;
  readonly #emit: OnRunEvent;

  constructor(total: number, emit: OnRunEvent) {
    this.#total = total;
    this.#emit = emit;
  }

  start(step: NodeStep | TestStep, thread: number): Started {
    const index = ++this.#index;
    const { uniqueId, name, kind } = step;
    this.#emit({ type: 'node-start', uniqueId, name, kind, index, total: this.#total });
    return { step, index, at: new Date(), thread };
  }

  end({ step, index, at, thread }: Started, ending: Ending): NodeResult {
    const { diagnostics = [], ...rest } = ending;
    const relation = step.kind === 'test' ? step.store?.relation : step.relation;
    const result: NodeResult = {
      uniqueId: step.uniqueId,
      kind: step.kind,
      name: step.name,
      startedAt: at.toISOString(),
      completedAt: new Date().toISOString(),
      thread,
      diagnostics,
      compiledSql: compiledSql(step),
      relation: relation && `${relation.schema}.${relation.identifier}`,
      ...rest,
    };
    this.results.push(result);
    this.#emit({ type: 'node-end', result, index, total: this.#total });
    return result;
  }

  /** Ends steps that never started, tests of a node after the node. */
  skip(steps: readonly (NodeStep | TestStep)[], message: string): void {
    for (const step of steps) {
      this.end(
        { step, index: ++this.#index, at: new Date(), thread: 0 },
        { status: 'skipped', seconds: 0, message },
      );
      if (step.kind !== 'test') this.skip(step.gate, message);
    }
  }
}

function compiledSql(step: NodeStep | TestStep): string | undefined {
  if (step.kind === 'test') return step.test.sql;
  if (step.node.kind === 'source' || step.node.sql === '') return undefined;
  const incremental = step.statements.some((statement) => statement.body?.of === 'incremental');
  return incremental ? step.node.incremental?.sql : step.node.sql;
}
