import type { ColumnProperties, ModelInput, PointInTime, ProjectNode } from '../../1-load/index.ts';
import type { Span } from '../../diagnostics/index.ts';
import { fileStart } from '../compile/file-start.ts';
import type { NodeConfig, Relation, RenderedNode, SourceMap } from '../rendered.ts';
import type { CachedNode } from './render-cache.ts';

/** What a cached node cannot tell by itself. */
export interface LazySource {
  /** Evaluates the templates in the node's YAML. */
  readonly describe: (node: ProjectNode) => Described;
  /** Renders the node again for the map of its SQL. */
  readonly mapOf: (node: ProjectNode, incremental: boolean) => SourceMap;
}

export interface Described {
  readonly description: string;
  readonly columns: readonly ColumnProperties[];
}

/**
 * A node from the cache. What its YAML says is read and evaluated when somebody asks: with ten thousand nodes most
 * runs ask for few, and parsing all YAML would take longer than everything else.
 */
export class LazyNode implements RenderedNode {
  readonly kind: RenderedNode['kind'];
  readonly uniqueId: string;
  #described: Described | undefined;
  #map: SourceMap | undefined;

  constructor(
    readonly node: ProjectNode,
    readonly cached: CachedNode,
    readonly config: NodeConfig,
    readonly relation: Relation,
    readonly source: LazySource,
  ) {
    this.kind = node.kind;
    this.uniqueId = node.uniqueId;
  }

  get name(): string {
    return this.node.name;
  }

  get path(): string {
    return this.node.file.path;
  }

  get dependsOn(): readonly string[] {
    return this.cached.dependsOn;
  }

  get macros(): readonly string[] {
    return this.cached.macros;
  }

  get hash(): string {
    return this.cached.hash;
  }

  get sql(): string {
    return this.cached.sql;
  }

  get map(): SourceMap {
    this.#map ??= this.source.mapOf(this.node, false);
    return this.#map;
  }

  get incremental(): RenderedNode['incremental'] {
    const { incremental } = this.cached;
    return incremental === undefined
      ? undefined
      : { sql: incremental, map: this.source.mapOf(this.node, true) };
  }

  get description(): string {
    return this.#describe().description;
  }

  get columns(): readonly ColumnProperties[] {
    return this.#describe().columns;
  }

  get pointInTime(): PointInTime | undefined {
    return this.node.properties?.pointInTime;
  }

  get inputs(): readonly ModelInput[] | undefined {
    return this.node.generated?.inputs;
  }

  get rawSql(): string {
    const { body, file } = this.node;
    return body ? file.text.slice(body.start.offset, body.end.offset) : file.text;
  }

  get span(): Span {
    return fileStart(this.node.file.path);
  }

  /** As any other rendered node is written. */
  toJSON(): RenderedNode {
    const { kind, uniqueId, name, path, description, columns, dependsOn, macros, config, relation } = this;
    const { rawSql, sql, map, hash, span, incremental, pointInTime, inputs } = this;
    const base = { kind, uniqueId, name, path, description, columns, dependsOn, macros, config, relation };
    return { ...base, rawSql, sql, map, hash, span, incremental, pointInTime, inputs };
  }

  #describe(): Described {
    this.#described ??= this.source.describe(this.node);
    return this.#described;
  }
}
