import type { Project, ProjectNode, SourceTable } from '../1-load/index.ts';
import { reportRender, sortDiagnostics } from '../diagnostics/index.ts';
import { fileStart } from './compile/file-start.ts';
import { endOfBlanks } from './compile/hash.ts';
import { RelationValue } from './context/relation-value.ts';
import type { TestOwner } from './data-tests/owner.ts';
import { sourceFactTests } from './data-tests/source-facts.ts';
import { TestRenderer } from './data-tests/test-renderer.ts';
import type { RenderOptions } from './options.ts';
import { renderHooks } from './render-hooks.ts';
import { NodeRenderer } from './render-node.ts';
import { renderSource } from './render-source.ts';
import type { RenderedNode, RenderedProject, RenderedSource, RenderedTest } from './rendered.ts';
import { Rendering } from './rendering.ts';

/**
 * Evaluates every template of a project: models, snapshots, tests and the strings of YAML become SQL and values, each
 * character of the SQL with its place in the project's files. Touches neither files nor data. What cannot be rendered
 * is left out and explained in `diagnostics`.
 *
 * @example
 * const { project } = await loadProject({ projectDir: '.' });
 * renderProject(project).nodes.get('model.shop.orders')?.sql
 */
export function renderProject(project: Project, options: RenderOptions = {}): RenderedProject {
  const rendering = new Rendering(project, options);
  const renderer = new NodeRenderer(rendering);
  rendering.renderer = renderer;
  const nodes = new Map<string, RenderedNode>();
  for (const node of project.nodes) {
    const rendered = renderer.render(node);
    if (!rendered) continue;
    if (rendered.kind === 'seed' || endOfBlanks(rendered.sql, 0) < rendered.sql.length)
      nodes.set(node.uniqueId, rendered);
    else rendering.add(emptyModel(node));
  }
  const sources = new Map<string, RenderedSource>();
  for (const source of project.sources) {
    const rendered = renderSource(rendering, source);
    if (rendered) sources.set(source.uniqueId, rendered);
  }
  const tests = options.tests === false ? new Map() : renderTests(rendering, renderer, nodes, sources);
  const hooks = renderHooks(rendering);
  const { failed, outside } = rendering;
  const diagnostics = sortDiagnostics(rendering.diagnostics);
  return { nodes, tests, sources, hooks, failed, outside, diagnostics };
}

function emptyModel(node: ProjectNode) {
  return reportRender('CH228', { name: node.name }, { span: fileStart(node.file.path), node: node.uniqueId });
}

function renderTests(
  rendering: Rendering,
  renderer: NodeRenderer,
  nodes: ReadonlyMap<string, RenderedNode>,
  sources: ReadonlyMap<string, RenderedSource>,
): Map<string, RenderedTest> {
  const { project } = rendering;
  const tests = new TestRenderer(rendering, renderer);
  const out = new Map<string, RenderedTest>();
  const add = (test: RenderedTest | undefined) => {
    if (!test) return;
    if (!out.has(test.uniqueId)) out.set(test.uniqueId, test);
    else rendering.add(reportRender('CH224', { name: test.name }, { span: test.span, node: test.uniqueId }));
  };
  for (const node of project.nodes) {
    const { config, relationValue: relation } = rendering.resolve(node);
    if (!config.enabled) continue;
    const { uniqueId } = node;
    const kept = nodes.has(uniqueId) ? rendering.cache?.testsOf(uniqueId) : undefined;
    const again = kept && tests.again({ uniqueId, relation, kind: 'node', target: node.name }, kept);
    if (again) {
      again.forEach(add);
      continue;
    }
    const owner = nodeOwner(rendering, node);
    // The tests of a node that failed are rendered for their own errors only.
    const declared = tests.declared(owner);
    if (!nodes.has(uniqueId)) continue;
    declared.forEach(add);
    const plain = rendering.cache && tests.keep(declared);
    if (plain) rendering.cache?.keepTests(uniqueId, plain);
  }
  for (const source of project.sources) {
    const rendered = sources.get(source.uniqueId);
    if (!rendered) continue;
    const owner = sourceOwner(rendered.table, rendered);
    tests.declared(owner).forEach(add);
    sourceFactTests(tests, rendered.table, owner).forEach(add);
  }
  for (const test of project.singularTests) add(tests.singular(test));
  return out;
}

function nodeOwner(rendering: Rendering, node: ProjectNode): TestOwner {
  const { config, relationValue } = rendering.resolve(node);
  return {
    uniqueId: node.uniqueId,
    kind: 'node',
    target: node.name,
    reference: `ref('${node.name}')`,
    relation: relationValue,
    isEphemeral: config.materialized === 'ephemeral',
    tests: node.properties?.tests ?? [],
    columns: node.properties?.columns ?? [],
  };
}

function sourceOwner(table: SourceTable, { relation }: RenderedSource): TestOwner {
  return {
    uniqueId: table.uniqueId,
    kind: 'source',
    target: `${table.sourceName}_${table.name}`,
    reference: `source('${table.sourceName}', '${table.name}')`,
    relation: new RelationValue(relation, table.location ? 'external' : 'table'),
    isEphemeral: false,
    tests: table.tests,
    columns: table.columns,
  };
}
