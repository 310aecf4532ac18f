import type { RenderedNode, RenderedSource, RenderedTest } from '../../2-render/index.ts';
import type { Graph } from '../../3-graph/index.ts';
import type { BoundColumn } from '../../4-bind/index.ts';
import type { Diagnostic } from '../../diagnostics/index.ts';
import type { DatabaseState } from '../adapters/adapter.ts';
import { ancestry } from './ancestry.ts';
import type { EnginePlanner } from './engine-planner.ts';
import { placeTests } from './gates.ts';
import { partInputs } from './inputs.ts';
import type { Materialized } from './materialization.ts';
import type { NodeStep, RunPlan, Statement, Step, TestStep } from './plan.ts';

export type RunCommand = 'build' | 'run' | 'test' | 'seed' | 'snapshot';

export interface PlanOptions {
  readonly graph: Graph;
  /** unique_ids chosen by the selection; what the command does not act on is passed over. */
  readonly selected: ReadonlySet<string>;
  readonly command: RunCommand;
  readonly planner: EnginePlanner;
  readonly state: DatabaseState;
  /** Output columns by unique_id, as bound; needed by incremental models and snapshots to see schema changes. */
  readonly columns?: ReadonlyMap<string, readonly BoundColumn[]>;
  /** Absolute path of the project. */
  readonly root: string;
  readonly target: string;
  readonly fullRefresh?: boolean;
  /** The run's instant; default: now. */
  readonly now?: Date;
  /** Replace past prediction times that late rows have changed. */
  readonly restate?: boolean;
  readonly eventTime?: { readonly start?: Date; readonly end?: Date };
  /** Evaluated `on-run-start` and `on-run-end` hooks. */
  readonly hooks?: { readonly onRunStart: readonly string[]; readonly onRunEnd: readonly string[] };
}

export interface PlanResult {
  readonly plan: RunPlan;
  /** Problems found without touching the engine (a refused schema change, missing settings). Errors: do not run. */
  readonly diagnostics: readonly Diagnostic[];
}

const kindsOf: Readonly<Record<RunCommand, readonly string[]>> = {
  build: ['model', 'seed', 'snapshot', 'test'],
  run: ['model'],
  test: ['test'],
  seed: ['seed'],
  snapshot: ['snapshot'],
};

/**
 * Plans a run as plain values: which statements, in which transactions, in which order, with which tests as gates.
 * Reads nothing but its arguments.
 *
 * @example
 * const { plan } = planRun({ graph, selected, command: 'build', planner: duckdbPlanner, state, root, target: 'dev' });
 * console.log(formatPlan(plan)); // --dry-run
 */
export function planRun(options: PlanOptions): PlanResult {
  const { graph, planner, state, selected } = options;
  const kinds = kindsOf[options.command];
  const acted = graph.order.flatMap((id) => {
    const node = graph.nodes.get(id);
    return node !== undefined && selected.has(id) && kinds.includes(node.kind) ? [node] : [];
  });
  const tests = acted.filter((node): node is RenderedTest => node.kind === 'test');
  const nodes = acted.filter((node): node is RenderedNode => node.kind !== 'test' && node.kind !== 'source');
  const materialized = nodes.filter((node) => node.config.materialized !== 'ephemeral');
  const sources = sourcesRead(graph, [...materialized, ...tests]);
  const built = new Set([...sources, ...materialized].map((node) => node.uniqueId));

  const lineage = ancestry(graph);
  const gates = placeTests(graph, lineage, tests, built);
  const waitsFor = (id: string) => [
    ...lineage.frontier(graph.parents.get(id) ?? [], (parent) => built.has(parent)),
    ...(gates.before.get(id) ?? []),
  ];
  const renderedNodes = rendered(graph);
  const diagnostics: Diagnostic[] = [];
  const steps = new Map<string, Step>();
  const gateOf = (id: string, within?: RenderedNode) =>
    (gates.within.get(id) ?? []).map((test) => testStep(planner, test, [], within));
  for (const source of sources) {
    steps.set(source.uniqueId, sourceStep(options, source, gateOf(source.uniqueId)));
  }
  for (const node of materialized) {
    const made = planner.materialize({
      node,
      state,
      existing: state.get(node.relation),
      columns: options.columns?.get(node.uniqueId) ?? [],
      fullRefresh: options.fullRefresh ?? false,
      gated: gates.within.has(node.uniqueId),
      now: options.now ?? new Date(),
      root: options.root,
      eventTime: options.eventTime,
      nodes: renderedNodes,
      inputs: partInputs(node, graph, options.columns),
      restate: options.restate ?? false,
    });
    if (!made.ok) {
      diagnostics.push(...made.diagnostics);
      continue;
    }
    steps.set(node.uniqueId, {
      kind: node.kind,
      uniqueId: node.uniqueId,
      name: node.name,
      node,
      relation: node.relation,
      action: made.action,
      ...hooked(node, made),
      ...(made.late && { late: made.late }),
      ...(made.schemas && { schemas: made.schemas }),
      gate: gateOf(node.uniqueId, made.publish === undefined ? undefined : node),
      waitsFor: waitsFor(node.uniqueId),
    });
  }
  for (const { test, waitsFor: after } of gates.alone)
    steps.set(test.uniqueId, testStep(planner, test, after));
  const ordered = afterWhatTheyWaitFor(graph.order, steps);
  return {
    plan: {
      target: options.target,
      transactional: planner.transactional,
      ...(planner.separator === undefined ? {} : { separator: planner.separator }),
      prepare: schemasOf(options, ordered),
      onRunStart: hooks(options.hooks?.onRunStart ?? []),
      steps: ordered,
      onRunEnd: hooks(options.hooks?.onRunEnd ?? []),
    },
    diagnostics,
  };
}

/** DAG order, with tests that gate a node moved before it. */
function afterWhatTheyWaitFor(order: readonly string[], steps: ReadonlyMap<string, Step>): Step[] {
  const out: Step[] = [];
  const placed = new Set<string>();
  const place = (id: string) => {
    const step = steps.get(id);
    if (step === undefined || placed.has(id)) return;
    placed.add(id);
    // In DAG order only tests can still be missing here, and their own inputs are placed: the depth is small.
    for (const before of step.waitsFor) place(before);
    out.push(step);
  };
  for (const id of order) place(id);
  return out;
}

/** Sources with files that the given nodes read directly or through ephemeral models. */
function sourcesRead(graph: Graph, readers: readonly (RenderedNode | RenderedTest)[]): RenderedSource[] {
  const found = new Map<string, RenderedSource>();
  const seen = new Set<string>();
  const queue = readers.map((node) => node.uniqueId);
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    for (const parent of graph.parents.get(id) ?? []) {
      const node = graph.nodes.get(parent);
      if (node === undefined || seen.has(parent)) continue;
      seen.add(parent);
      if (node.kind === 'source') {
        if (node.location !== undefined) found.set(parent, node);
      } else if (node.kind !== 'test' && node.config.materialized === 'ephemeral') queue.push(parent);
    }
  }
  return [...found.values()];
}

function sourceStep(options: PlanOptions, source: RenderedSource, gate: readonly TestStep[]): NodeStep {
  return {
    kind: 'source',
    uniqueId: source.uniqueId,
    name: `${source.sourceName}.${source.name}`,
    node: source,
    relation: source.relation,
    action: 'source view',
    statements: options.planner.source(
      source,
      options.root,
      options.columns?.get(source.uniqueId) ?? [],
      options.state.get(source.relation),
    ),
    gate,
    waitsFor: [],
  };
}

/** Post-hooks find the node in its place: on engines without transactions, after its publication. */
function hooked(
  { config }: RenderedNode,
  { statements, publish, cleanUp }: Extract<Materialized, { readonly ok: true }>,
): Pick<NodeStep, 'statements' | 'publish' | 'cleanUp'> {
  const before = [...hooks(config.preHook), ...statements];
  const after = hooks(config.postHook);
  if (publish === undefined) return { statements: [...before, ...after], ...(cleanUp && { cleanUp }) };
  return { statements: before, publish: [...publish, ...after], ...(cleanUp && { cleanUp }) };
}

function testStep(
  planner: EnginePlanner,
  test: RenderedTest,
  waitsFor: readonly string[],
  within?: RenderedNode,
): TestStep {
  return {
    kind: 'test',
    uniqueId: test.uniqueId,
    name: test.name,
    test,
    verdict: planner.verdict(test, within),
    store: test.config.storeFailures
      ? { relation: test.relation, select: planner.failures(test, within) }
      : undefined,
    waitsFor,
  };
}

function hooks(list: readonly string[]): Statement[] {
  return list
    .filter((sql) => sql.trim() !== '')
    .map((sql) => ({ sql: sql.trim().replace(/;+$/, ''), hook: true, countsRows: false }));
}

/** Schemas are made before everything: two transactions that make one schema would conflict. */
function schemasOf({ planner, state }: PlanOptions, steps: readonly Step[]): Statement[] {
  const existing = new Set(state.schemas.map((schema) => schema.toLowerCase()));
  const wanted = new Map<string, Statement>();
  const want = (schema: string, database?: string) => {
    const foreign = database !== undefined && database.toLowerCase() !== state.database.toLowerCase();
    if (!foreign && existing.has(schema.toLowerCase())) return;
    wanted.set(`${database ?? ''}.${schema}`, planner.createSchema(schema, foreign ? database : undefined));
  };
  for (const step of steps) {
    if (step.kind !== 'test') {
      want(step.relation.schema, step.relation.database);
      for (const schema of step.schemas ?? []) want(schema, step.relation.database);
    }
    for (const test of step.kind === 'test' ? [step] : step.gate) {
      if (test.store) want(test.store.relation.schema, test.store.relation.database);
    }
  }
  return [...wanted.values()];
}

function rendered(graph: Graph): ReadonlyMap<string, RenderedNode> {
  const nodes = new Map<string, RenderedNode>();
  for (const [id, node] of graph.nodes)
    if (node.kind !== 'test' && node.kind !== 'source') nodes.set(id, node);
  return nodes;
}
