import type { BoundColumn, Graph, Project, RenderedNode, RenderedProject, RenderedSource } from '#core';
import { lineageOf } from '../report/lineage-of.ts';
import { version } from '../version.ts';
import { type Html, html } from './html.ts';
import { lineageSvg } from './lineage.ts';
import { pageText } from './page.ts';
import { htmlTable } from './table.ts';

export interface ProjectPageInput {
  readonly project: Project;
  readonly rendered: RenderedProject;
  readonly graph: Graph;
  readonly columns: ReadonlyMap<string, readonly BoundColumn[]>;
}

/** Beyond this many nodes a picture of all of them helps nobody. */
const drawable = 500;

/** The project on one page: lineage, then every node with its columns, tests and SQL. */
export function projectPage(input: ProjectPageInput): string {
  const { project, rendered, graph } = input;
  const nodes = [...rendered.nodes.values()];
  const sources = [...rendered.sources.values()];
  const lineage = lineageOf(graph, undefined, anchor);
  return pageText({
    title: `${project.name}: documentation`,
    header: html`<h1>${project.name}</h1>
<p class="lead">${nodes.length} models, seeds and snapshots · ${rendered.tests.size} tests · ${sources.length} sources · target <code>${project.target.name}</code></p>
<nav><a href="#lineage">Lineage</a>${folders(nodes).map((folder) => html`<a href="#folder-${folder}">${folder}</a>`)}<a href="#sources">Sources</a></nav>`,
    body: html`<h2 id="lineage">Lineage</h2>
<div class="panel">${
      lineage.nodes.length <= drawable
        ? lineageSvg(lineage)
        : html`<p class="soft">${lineage.nodes.length} nodes are too many for one picture; <code>churn ls -s +name+</code> lists a neighbourhood.</p>`
    }</div>
${folders(nodes).map(
  (folder) => html`<h2 id="folder-${folder}">${folder}</h2>
${nodes.filter((node) => folderOf(node) === folder).map((node) => nodePanel(node, input))}`,
)}
<h2 id="sources">Sources</h2>
${sources.map((source) => sourcePanel(source, input))}`,
    footer: html`Written by churn ${version}.`,
  });
}

function anchor(uniqueId: string): string {
  return `#${uniqueId}`;
}

function folderOf(node: RenderedNode): string {
  return node.path.split('/').slice(0, -1).join('/');
}

function folders(nodes: readonly RenderedNode[]): readonly string[] {
  return [...new Set(nodes.map(folderOf))].sort();
}

function nodePanel(node: RenderedNode, input: ProjectPageInput): Html {
  const kind = node.kind === 'model' ? node.config.materialized : node.kind;
  return html`<div class="panel" id="${node.uniqueId}">
<h3>${node.name} <span class="tag plain">${kind}</span>${node.pointInTime === undefined ? undefined : html` <span class="tag good">point in time</span>`}</h3>
<p>${node.description}</p>
${columnTable(node.uniqueId, node.columns, input)}
<p class="soft">${references('Reads', input.graph.parents.get(node.uniqueId) ?? [])} ${references('Read by', input.graph.children.get(node.uniqueId) ?? [])}</p>
${node.sql === '' ? undefined : html`<details><summary>Compiled SQL</summary><pre>${node.sql}</pre></details>`}
</div>`;
}

function sourcePanel(source: RenderedSource, input: ProjectPageInput): Html {
  return html`<div class="panel" id="${source.uniqueId}">
<h3>${source.sourceName}.${source.name} <span class="tag plain">source</span></h3>
<p>${source.description}</p>
<p class="soft">${source.location === undefined ? undefined : html`<code>${source.location}</code> · `}${
    source.table.availableAt === undefined
      ? 'availability not declared'
      : html`known from <code>${source.table.availableAt.value}</code>`
  }</p>
${columnTable(source.uniqueId, source.table.columns, input)}
</div>`;
}

function columnTable(
  uniqueId: string,
  declared: RenderedNode['columns'],
  { columns, rendered }: ProjectPageInput,
): Html {
  const tests = [...rendered.tests.values()].filter(({ generic }) => generic?.attachedTo === uniqueId);
  const bound =
    columns.get(uniqueId) ?? declared.map(({ name, dataType }) => ({ name, type: dataType?.value ?? '' }));
  return htmlTable(
    [
      { title: 'Column', cell: ({ name }) => html`<code>${name}</code>` },
      { title: 'Type', cell: ({ type }) => type.toLowerCase() },
      {
        title: 'Description',
        cell: ({ name }) => declared.find((column) => column.name === name)?.description?.value ?? '',
      },
      {
        title: 'Tests',
        cell: ({ name }) =>
          tests
            .filter(({ generic }) => generic?.column === name)
            .map(({ generic }) => generic?.test)
            .join(', '),
      },
    ],
    bound,
  );
}

function references(title: string, ids: readonly string[]): Html | undefined {
  const nodes = ids.filter((id) => !id.startsWith('test.'));
  if (nodes.length === 0) return undefined;
  return html`${title}: ${nodes.map((id, at) => html`${at > 0 ? ', ' : ''}<a href="${anchor(id)}">${id.split('.').slice(2).join('.')}</a>`)}.`;
}
