import type { Relation, RenderedNode, RenderedSource, RenderedTest } from '../../2-render/index.ts';
import type { Edit } from './filter-inputs.ts';

/** One statement for the engine, and which part of it the user wrote. */
export interface Statement {
  readonly sql: string;
  /** The node's compiled SQL starts at this offset of `sql`; errors inside it are shown at the template. */
  readonly body?: {
    readonly at: number;
    readonly of: 'full' | 'incremental';
    /** Where it is no longer as compiled (filtered inputs of a microbatch). */
    readonly edits?: readonly Edit[];
  };
  /** True for a user's hook: its errors are reported as the hook's. */
  readonly hook?: boolean;
  /** False when the rows it writes are not rows of the node (staging, hooks, closing old versions). */
  readonly countsRows?: boolean;
  /** Carried out twice it does what it does once: an engine over the network may send it again. */
  readonly repeatable?: boolean;
  /** The diagnostic for a failure of this very statement, instead of the general one. */
  readonly onError?: 'CH727';
}

/** How a node is made; the word shown to people. */
export type Action =
  | 'source view'
  | 'create view'
  | 'create table'
  | 'load seed'
  | 'create incremental'
  | 'append'
  | 'delete+insert'
  | 'merge'
  | 'microbatch'
  | 'prediction time'
  | 'create snapshot'
  | 'update snapshot';

export interface TestStep {
  readonly kind: 'test';
  readonly uniqueId: string;
  readonly name: string;
  readonly test: RenderedTest;
  /** One row: failures, should_warn, should_error. */
  readonly verdict: Statement;
  /** Where failing rows are kept, when the test asks for it. */
  readonly store?: { readonly relation: Relation; readonly select: string };
  /** Steps that must have ended well before; empty for a test inside a node's transaction. */
  readonly waitsFor: readonly string[];
}

/** Asks, after the statements, what late rows have done to past prediction times. */
export interface LateReport {
  /** Rows of prediction time, entities, columns. */
  readonly sql: string;
  /** Whether the past has been replaced, or only looked at. */
  readonly restated: boolean;
}

/** A node built, tested and published in one transaction. */
export interface NodeStep {
  readonly kind: 'model' | 'seed' | 'snapshot' | 'source';
  readonly uniqueId: string;
  readonly name: string;
  readonly node: RenderedNode | RenderedSource;
  readonly relation: Relation;
  readonly action: Action;
  readonly statements: readonly Statement[];
  /** After the gate, on engines without transactions: makes what was built aside the node's relation. */
  readonly publish?: readonly Statement[];
  /** In the end, whatever came of the node; what cannot be carried out is left to the next run. */
  readonly cleanUp?: readonly Statement[];
  readonly late?: LateReport;
  readonly schemas?: readonly string[];
  /** Tests that must pass (severity error) before the transaction commits. */
  readonly gate: readonly TestStep[];
  readonly waitsFor: readonly string[];
}

export type Step = NodeStep | TestStep;

/** Everything a run will do, in an order that respects the DAG; nothing has touched the engine yet. */
export interface RunPlan {
  readonly target: string;
  /** False: the engine has no transactions, and `publish` of each step does their work. */
  readonly transactional: boolean;
  /** A line that ends each statement of a script, for tools that must be told. */
  readonly separator?: string;
  /** Schemas and the like, before everything. */
  readonly prepare: readonly Statement[];
  readonly onRunStart: readonly Statement[];
  readonly steps: readonly Step[];
  readonly onRunEnd: readonly Statement[];
}

/** Nodes and tests of the plan: the N of "k of N". */
export function countNodes(plan: RunPlan): number {
  return plan.steps.reduce((sum, step) => sum + 1 + (step.kind === 'test' ? 0 : step.gate.length), 0);
}

/** The plan as a SQL script with comments, for `--dry-run`. It can be run by hand. */
export function formatPlan(plan: RunPlan): string {
  const out: string[] = [];
  const end = plan.separator === undefined ? '' : `\n${plan.separator}`;
  const section = (title: string, statements: readonly Statement[]) => {
    if (statements.length > 0) out.push(`-- ${title}`, ...statements.map(({ sql }) => `${sql};${end}`), '');
  };
  section('prepare', plan.prepare);
  section('on-run-start', plan.onRunStart);
  for (const step of plan.steps) {
    if (step.kind === 'test') {
      section(`test ${step.name}`, [step.verdict]);
      continue;
    }
    const begin = plan.transactional ? [{ sql: 'begin transaction' }] : [];
    const statements = [...begin, ...step.statements];
    section(`${step.kind} ${step.name}: ${step.action}`, statements);
    for (const test of step.gate) {
      const rule = test.test.config.severity === 'error' ? 'must pass before commit' : 'warns only';
      section(`test ${test.name} (${rule})`, [test.verdict]);
    }
    section(`publish ${step.name}`, [
      ...(step.publish ?? []),
      ...(plan.transactional ? [{ sql: 'commit' }] : []),
      ...(step.cleanUp ?? []),
    ]);
  }
  section('on-run-end', plan.onRunEnd);
  return out.join('\n');
}
