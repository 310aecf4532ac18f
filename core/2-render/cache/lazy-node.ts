import type { ColumnProperties, ProjectNode } from '../../1-load/index.ts';
import { fileStart } from '../compile/file-start.ts';
import type { NodeConfig, Relation, RenderedNode, SourceMap } from '../rendered.ts';

/** What is known of a node without looking at its file or its YAML. */
export interface LazyParts {
  readonly node: ProjectNode;
  readonly config: NodeConfig;
  readonly relation: Relation;
  readonly sql: string;
  readonly map: SourceMap;
  readonly incremental?: RenderedNode['incremental'];
  readonly dependsOn: readonly string[];
  readonly macros: readonly string[];
  readonly hash: string;
  /** Evaluates the templates in the node's YAML. */
  readonly describe: () => { readonly description: string; readonly columns: readonly ColumnProperties[] };
}

/**
 * A node from the cache. What its YAML says is read and evaluated when somebody asks: with ten thousand nodes most
 * runs ask for few, and parsing all YAML would take longer than everything else.
 */
export function lazyNode(parts: LazyParts): RenderedNode {
  const { node, incremental } = parts;
  let described: ReturnType<LazyParts['describe']> | undefined;
  const describe = () => {
    described ??= parts.describe();
    return described;
  };
  return {
    kind: node.kind,
    uniqueId: node.uniqueId,
    name: node.name,
    path: node.file.path,
    dependsOn: parts.dependsOn,
    macros: parts.macros,
    config: parts.config,
    relation: parts.relation,
    sql: parts.sql,
    map: parts.map,
    ...(incremental && { incremental }),
    hash: parts.hash,
    get description() {
      return describe().description;
    },
    get columns() {
      return describe().columns;
    },
    get pointInTime() {
      return node.properties?.pointInTime;
    },
    get rawSql() {
      const { body, file } = node;
      return body ? file.text.slice(body.start.offset, body.end.offset) : file.text;
    },
    get span() {
      return fileStart(node.file.path);
    },
  };
}
