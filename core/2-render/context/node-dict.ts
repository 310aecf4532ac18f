import type { ProjectNode } from '../../1-load/index.ts';
import { fromData } from '../jinja/values/json.ts';
import { Dict, type Value } from '../jinja/values/value.ts';
import type { NodeConfig, Relation } from '../rendered.ts';
import type { Rendering } from '../rendering.ts';

/** dbt's fully qualified name: project, folders, name. */
export function fullyQualifiedName(rendering: Rendering, node: ProjectNode): string[] {
  const { paths, name } = rendering.project;
  const roots = node.kind === 'model' ? paths.models : node.kind === 'seed' ? paths.seeds : paths.snapshots;
  const folders = relativeTo(node.file.path, roots).split('/').slice(0, -1);
  return [name, ...folders, node.name];
}

function relativeTo(path: string, roots: readonly string[]): string {
  const root = roots.find((candidate) => path.startsWith(`${candidate}/`));
  return root === undefined ? path : path.slice(root.length + 1);
}

/** The `model` of a template and the `node` of naming macros: what dbt's graph node holds, as far as it is known. */
export function nodeDict(
  rendering: Rendering,
  node: ProjectNode,
  config: NodeConfig,
  relation?: Relation,
): Value {
  const { paths } = rendering.project;
  const roots = [...paths.models, ...paths.seeds, ...paths.snapshots];
  return Dict.from({
    name: node.name,
    unique_id: node.uniqueId,
    resource_type: node.kind,
    package_name: rendering.project.name,
    path: relativeTo(node.file.path, roots),
    original_file_path: node.file.path,
    fqn: fullyQualifiedName(rendering, node),
    language: node.language,
    raw_code: node.file.text,
    alias: relation?.identifier ?? config.alias ?? node.name,
    schema: relation?.schema ?? rendering.project.target.schema,
    database: relation?.database ?? rendering.project.target.database ?? null,
    tags: [...config.tags],
    meta: fromData(config.meta),
    config: fromData(config.raw),
    description: node.properties?.description?.value ?? '',
    columns: new Dict(
      new Map(
        (node.properties?.columns ?? []).map((column) => [
          column.name,
          Dict.from({
            name: column.name,
            description: column.description?.value ?? '',
            data_type: column.dataType?.value ?? null,
            meta: fromData(column.meta),
            tags: [...column.tags],
          }),
        ]),
      ),
    ),
    version: null,
  });
}
