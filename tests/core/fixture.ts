import type { Project, SourceTable } from '../../core/1-load/index.ts';
import type {
  NodeConfig,
  RenderedNode,
  RenderedProject,
  RenderedSource,
  RenderedTest,
} from '../../core/2-render/index.ts';
import { bareColumn, bareConfig, bareProject, bareSource, bareTestConfig, noSpan, sameText } from './bare.ts';

export interface ModelSpec extends Partial<Omit<RenderedNode, 'config' | 'kind'>> {
  readonly name: string;
  readonly kind?: RenderedNode['kind'];
  readonly config?: Partial<NodeConfig>;
}

/** A rendered model of project `shop` in schema `main`; `dependsOn` takes plain names of models too. */
export function model(spec: ModelSpec): RenderedNode {
  const { name, kind = 'model', config, sql = '', ...rest } = spec;
  const path = spec.path ?? `models/${name}.sql`;
  return {
    kind,
    uniqueId: `${kind}.shop.${name}`,
    name,
    path,
    description: '',
    macros: [],
    hash: `${name}:${sql}`,
    relation: { schema: 'main', identifier: name },
    rawSql: sql,
    sql,
    map: sameText(path, sql),
    columns: [],
    span: noSpan(path),
    ...rest,
    dependsOn: (spec.dependsOn ?? []).map((id) => (id.includes('.') ? id : `model.shop.${id}`)),
    config: bareConfig({ materialized: 'view', ...config }),
  };
}

export function test(spec: Partial<RenderedTest> & { readonly name: string }): RenderedTest {
  const { name, sql = '' } = spec;
  const path = spec.path ?? 'models/schema.yml';
  return {
    kind: 'test',
    uniqueId: `test.shop.${name}`,
    path,
    description: '',
    macros: [],
    hash: `${name}:${sql}`,
    sql,
    map: sameText(path, sql),
    relation: { schema: 'main', identifier: name },
    span: noSpan(path),
    ...spec,
    dependsOn: (spec.dependsOn ?? []).map((id) => (id.includes('.') ? id : `model.shop.${id}`)),
    config: bareTestConfig(spec.config),
  };
}

/** A source table `raw.<name>` with columns given as `name type`; no type for those to be inferred. */
export function source(
  name: string,
  columns: readonly string[],
  spec: Partial<SourceTable> & { readonly file?: string } = {},
): RenderedSource {
  const { file = 'models/sources.yml', ...table } = spec;
  const span = noSpan(file);
  const typed = columns.map((column) => {
    const [columnName = '', ...type] = column.split(' ');
    return bareColumn(columnName, span, {
      dataType: type.length === 0 ? undefined : { value: type.join(' '), span },
    });
  });
  return bareSource('shop', name, { ...table, columns: typed }, file);
}

export function rendered(...all: readonly (RenderedNode | RenderedTest | RenderedSource)[]): RenderedProject {
  const of = <Kind extends string>(...kinds: readonly Kind[]) =>
    new Map(
      all.flatMap((node) =>
        (kinds as readonly string[]).includes(node.kind) ? [[node.uniqueId, node]] : [],
      ),
    );
  return {
    nodes: of('model', 'seed', 'snapshot') as unknown as RenderedProject['nodes'],
    tests: of('test') as unknown as RenderedProject['tests'],
    sources: of('source') as unknown as RenderedProject['sources'],
    diagnostics: [],
  };
}

/** Project `shop` around rendered nodes; files are what the nodes say they were written in. */
export function project(
  { nodes, tests }: RenderedProject,
  spec: Partial<Project> & { readonly texts?: Readonly<Record<string, string>> } = {},
): Project {
  const { texts = {}, ...rest } = spec;
  const files = new Map<string, string>(Object.entries(texts));
  for (const node of nodes.values()) if (!files.has(node.path)) files.set(node.path, node.rawSql);
  for (const node of tests.values()) if (!files.has(node.path)) files.set(node.path, '');
  return bareProject({ text: (path) => files.get(path), ...rest });
}
