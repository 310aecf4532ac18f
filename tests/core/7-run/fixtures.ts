import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { ColumnProperties, ConfigValue, Project } from '../../../core/1-load/index.ts';
import type {
  NodeConfig,
  Rendered,
  RenderedNode,
  RenderedSource,
  RenderedTest,
  TestConfig,
} from '../../../core/2-render/index.ts';
import type { Graph } from '../../../core/3-graph/index.ts';
import type { BoundColumn } from '../../../core/4-bind/index.ts';
import {
  type DuckDbAdapter,
  duckdbPlanner,
  executeRun,
  openDuckDb,
  type PlanOptions,
  planRun,
  type RunEvent,
  type RunOutcome,
} from '../../../core/7-run/index.ts';
import {
  bareColumn,
  bareConfig,
  bareProject,
  bareSource,
  bareTestConfig,
  noSpan,
  sameText,
} from '../bare.ts';

const schema = 'main_test';

/** A folder that goes away with the test. */
export function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'churn-run-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

export interface NodeOptions {
  readonly config?: Partial<NodeConfig>;
  readonly reads?: readonly string[];
  readonly incremental?: string;
  readonly columns?: readonly ColumnProperties[];
  readonly path?: string;
}

export function model(name: string, sql: string, options: NodeOptions = {}): RenderedNode {
  const path = options.path ?? `models/${name}.sql`;
  return {
    kind: 'model',
    uniqueId: `model.shop.${name}`,
    name,
    path,
    description: '',
    dependsOn: options.reads ?? [],
    macros: [],
    hash: `hash of ${name}`,
    config: bareConfig(options.config),
    relation: { schema, identifier: name },
    rawSql: sql,
    sql,
    map: sameText(path, sql),
    incremental:
      options.incremental === undefined
        ? undefined
        : { sql: options.incremental, map: sameText(path, options.incremental) },
    columns: options.columns ?? [],
    span: noSpan(path),
  };
}

export function seed(name: string, options: NodeOptions = {}): RenderedNode {
  const node = model(name, '', {
    ...options,
    path: `seeds/${name}.csv`,
    config: { materialized: 'seed', ...options.config },
  });
  return { ...node, kind: 'seed', uniqueId: `seed.shop.${name}` };
}

export function snapshot(name: string, sql: string, options: NodeOptions = {}): RenderedNode {
  const node = model(name, sql, { ...options, config: { materialized: 'snapshot', ...options.config } });
  return { ...node, kind: 'snapshot', uniqueId: `snapshot.shop.${name}` };
}

export function dataTest(
  name: string,
  sql: string,
  reads: readonly string[],
  overrides: Partial<TestConfig> = {},
): RenderedTest {
  return {
    kind: 'test',
    uniqueId: `test.shop.${name}`,
    name,
    path: 'models/schema.yml',
    description: '',
    dependsOn: reads,
    macros: [],
    hash: `hash of ${name}`,
    config: bareTestConfig(overrides),
    sql,
    map: sameText('models/schema.yml', sql),
    relation: { schema: 'test_failures', identifier: name },
    span: noSpan('models/schema.yml'),
  };
}

export function column(
  name: string,
  type?: string,
  constraints: readonly ConfigValue[] = [],
): ColumnProperties {
  const at = noSpan('models/schema.yml');
  return bareColumn(name, at, {
    dataType: type === undefined ? undefined : { value: type, span: at },
    constraints: constraints.map((value) => ({ value, span: at })),
  });
}

export function source(
  name: string,
  location: string | undefined,
  columns: readonly ColumnProperties[] = [],
  readOptions: Readonly<Record<string, ConfigValue>> = {},
): RenderedSource {
  const at = location === undefined ? undefined : { value: location, span: noSpan('models/sources.yml') };
  return bareSource('shop', name, { location: at, columns, readOptions });
}

/** A graph from `reads`; nodes must be given parents first. */
export function graphOf(...nodes: readonly Rendered[]): Graph {
  const parents = new Map(nodes.map((node) => [node.uniqueId, node.kind === 'source' ? [] : node.dependsOn]));
  const children = new Map<string, string[]>(nodes.map((node) => [node.uniqueId, []]));
  for (const [id, list] of parents) for (const parent of list) children.get(parent)?.push(id);
  return {
    nodes: new Map(nodes.map((node) => [node.uniqueId, node])),
    parents,
    children,
    order: nodes.map((node) => node.uniqueId),
  };
}

/** A database file in `root`, closed with the test. */
export async function openIn(
  root: string,
  options: Readonly<Record<string, ConfigValue>> = {},
): Promise<DuckDbAdapter> {
  const at = noSpan('churn_project.yml');
  const located = Object.fromEntries(
    Object.entries({ path: 'data.duckdb', ...options }).map(([name, value]) => [name, { value, span: at }]),
  );
  const opened = await openDuckDb({ type: 'duckdb', options: located }, { root });
  if (!opened.ok) throw opened.error;
  onTestFinished(() => opened.adapter.close());
  return opened.adapter;
}

export interface BuildOptions extends Partial<Omit<PlanOptions, 'graph' | 'state' | 'root'>> {
  readonly threads?: number;
  readonly failFast?: boolean;
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: RunEvent) => void;
}

/** Plans and runs a graph on an adapter. */
export async function build(
  adapter: DuckDbAdapter,
  root: string,
  graph: Graph,
  options: BuildOptions = {},
): Promise<RunOutcome> {
  const { plan, diagnostics } = planRun({
    graph,
    selected: new Set(graph.order),
    command: 'build',
    planner: duckdbPlanner,
    state: await adapter.inspect(),
    root,
    target: 'dev',
    columns: await outputColumns(adapter, graph, root),
    ...options,
  });
  if (diagnostics.length > 0) return { results: [], diagnostics, seconds: 0, interrupted: false };
  return executeRun(plan, adapter, { threads: 2, root, ...options });
}

/** What binding would say, asked of the database itself; nodes whose inputs are not there yet are left out. */
async function outputColumns(
  adapter: DuckDbAdapter,
  graph: Graph,
  root: string,
): Promise<Map<string, BoundColumn[]>> {
  const found = new Map<string, BoundColumn[]>();
  for (const node of graph.nodes.values()) {
    if (node.kind === 'test' || node.kind === 'source') continue;
    if (node.kind === 'seed') {
      found.set(node.uniqueId, seedColumns(join(root, node.path), node));
      continue;
    }
    const described = await adapter.main.query(`describe (${node.sql}\n)`).catch(() => undefined);
    if (described === undefined) continue;
    found.set(
      node.uniqueId,
      described.rows.map(([name, type]) => ({ name: String(name), type: String(type) })),
    );
  }
  return found;
}

/** Names from the header; what is not declared is text, or a number where all values are. */
function seedColumns(path: string, node: RenderedNode): BoundColumn[] {
  const [header = '', ...lines] = readFileSync(path, 'utf8').trim().split('\n');
  const { delimiter, columnTypes } = node.config;
  return header.split(delimiter).map((name, i) => {
    const isNumber = lines.every((line) => /^-?\d*$/.test(line.split(delimiter)[i] ?? ''));
    return { name, type: columnTypes[name] ?? (isNumber ? 'BIGINT' : 'VARCHAR') };
  });
}

export function statuses(outcome: RunOutcome): Record<string, string> {
  return Object.fromEntries(outcome.results.map((result) => [result.name, result.status]));
}

/** All rows of a query. */
export async function rows(adapter: DuckDbAdapter, sql: string): Promise<readonly (readonly unknown[])[]> {
  return (await adapter.main.query(sql)).rows;
}

/** A project around a graph, with the parts that artifacts read. */
export function projectOf(root: string, overrides: Partial<Project> = {}): Project {
  const target = { name: 'dev', type: 'duckdb', schema, threads: 2, options: {} } as const;
  return bareProject({ root, targets: [target], target, ...overrides });
}
