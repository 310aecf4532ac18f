import type { ColumnProperties, ProjectNode } from '../1-load/index.ts';
import { LineIndex } from '../diagnostics/index.ts';
import { LazyNode, type LazySource } from './cache/lazy-node.ts';
import type { CachedNode } from './cache/render-cache.ts';
import { fileStart } from './compile/file-start.ts';
import { canonicalJson, digest, withoutLayout } from './compile/hash.ts';
import { type InlinedModel, inlineEphemeral } from './compile/inline-ephemeral.ts';
import { type MappedSql, toMappedSql } from './compile/mapped-sql.ts';
import { CompiledMap, compileMap } from './compile/source-map.ts';
import { isTemplate } from './compile/yaml-template.ts';
import type { NodeContext, Subject } from './context/node-context.ts';
import { nodeDict } from './context/node-dict.ts';
import { relationText } from './context/relation-value.ts';
import { RenderError, raise } from './jinja/error.ts';
import { Evaluator } from './jinja/evaluator.ts';
import { Scope } from './jinja/scope.ts';
import { toText } from './jinja/values/show.ts';
import type { NodeConfig, RenderedNode, SourceMap } from './rendered.ts';
import type { Rendering } from './rendering.ts';
import { cteName, type ResolvedNode } from './resolve-node.ts';

/** A node's own SQL, ephemeral models not yet inlined, and what its template used. */
export interface Core {
  readonly sql: MappedSql;
  readonly context: NodeContext;
}

const nothing: MappedSql = { text: '', segments: [] };

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

/** A node's SQL and what belongs to it, rendered now or taken from the cache. */
interface CompiledNode {
  readonly sql: string;
  readonly map: SourceMap;
  readonly incremental?: { readonly sql: string; readonly map: SourceMap };
  readonly dependsOn: readonly string[];
  readonly macros: readonly string[];
  readonly config: NodeConfig;
  readonly hash?: string;
}

/** Renders models, seeds and snapshots of one rendering; each template is evaluated once per situation. */
export class NodeRenderer {
  readonly #cores = new Map<string, Core | undefined>();
  readonly #done = new Map<string, RenderedNode | undefined>();
  readonly #inlining: string[] = [];

  constructor(readonly rendering: Rendering) {}

  /** Undefined after an error, which is then among the rendering's diagnostics, and for disabled nodes. */
  render(node: ProjectNode): RenderedNode | undefined {
    const { uniqueId } = node;
    if (!this.#done.has(uniqueId)) this.#done.set(uniqueId, this.#render(node));
    return this.#done.get(uniqueId);
  }

  #render(node: ProjectNode): RenderedNode | undefined {
    const { rendering } = this;
    const resolved = rendering.resolve(node);
    if (!resolved.config.enabled) return undefined;
    const cached = rendering.cached(node);
    if (cached) return this.#fromCache(resolved, cached);
    const core = this.core(resolved);
    const compiled = core && this.#compileNode(resolved, core);
    rendering.forgetTemplate(node);
    if (!core || !compiled) return undefined;
    const rendered = this.#assemble(resolved, compiled, core.context);
    if (rendered) rendering.remember(resolved, rendered, core.context.reads);
    return rendered;
  }

  #compileNode(resolved: ResolvedNode, core: Core): CompiledNode | undefined {
    const sql = this.compile(core);
    if (!sql || this.rendering.failed.has(resolved.node.uniqueId)) return undefined;
    const { context } = core;
    const incremental = this.#incremental(resolved, core, sql);
    const config = this.#withHooks(resolved, context);
    for (const warning of context.warnings) this.rendering.add(warning);
    return {
      sql: sql.text,
      map: this.#map(sql),
      ...(incremental && { incremental }),
      dependsOn: context.dependsOn,
      macros: [...context.macrosUsed].sort(),
      config,
    };
  }

  #fromCache({ node, config, relation }: ResolvedNode, cached: CachedNode): RenderedNode {
    const { preHook, postHook } = cached;
    const hasHooks = preHook.length > 0 || postHook.length > 0;
    return new LazyNode(
      node,
      cached,
      hasHooks ? { ...config, preHook, postHook } : config,
      relation,
      this.#lazy,
    );
  }

  readonly #lazy: LazySource = {
    describe: (node) => this.#describe(this.rendering.resolve(node)),
    mapOf: (node, incremental) =>
      new CompiledMap(() => {
        const core = this.core(this.rendering.resolve(node), incremental);
        const sql = (core && this.compile(core)) ?? nothing;
        return compileMap(sql.segments, sql.text.length, this.rendering.session);
      }, this.rendering.lines),
  };

  #describe(
    resolved: ResolvedNode,
    used?: NodeContext,
  ): { readonly description: string; readonly columns: readonly ColumnProperties[] } {
    const { properties } = resolved.node;
    // A context is made only where a description or a type holds Jinja.
    let context = used;
    const text: TextOf = (located) => {
      if (!located) return '';
      if (!isTemplate(located.value)) return located.value;
      context ??= this.rendering.context(this.#subject(resolved, false));
      return this.rendering.text(located.value, located.span, context);
    };
    const columns = properties?.columns.map((column) => renderColumn(column, text)) ?? [];
    return { description: text(properties?.description), columns };
  }

  #assemble(resolved: ResolvedNode, compiled: CompiledNode, used?: NodeContext): RenderedNode | undefined {
    const { node, relation } = resolved;
    const { file, body, properties } = node;
    const rendered: Mutable<RenderedNode> = {
      kind: node.kind,
      uniqueId: node.uniqueId,
      name: node.name,
      path: file.path,
      ...this.#describe(resolved, used),
      dependsOn: compiled.dependsOn,
      macros: compiled.macros,
      config: compiled.config,
      relation,
      rawSql: body ? file.text.slice(body.start.offset, body.end.offset) : file.text,
      sql: compiled.sql,
      map: compiled.map,
      hash: '',
      span: fileStart(file.path),
    };
    if (this.rendering.failed.has(node.uniqueId)) return undefined;
    if (compiled.incremental) rendered.incremental = compiled.incremental;
    if (node.generated?.inputs) rendered.inputs = node.generated.inputs;
    if (properties?.pointInTime) rendered.pointInTime = properties.pointInTime;
    rendered.hash = compiled.hash ?? this.#hash(rendered);
    return rendered;
  }

  /** The SQL of a node in another situation than a full refresh. */
  core(resolved: ResolvedNode, incremental = false): Core | undefined {
    const { node } = resolved;
    const key = incremental ? `${node.uniqueId}?incremental` : node.uniqueId;
    if (this.#cores.has(key)) return this.#cores.get(key);
    const core = this.#evaluate(resolved, incremental);
    // Only ephemeral models are asked for again, by each of their readers.
    if (resolved.config.materialized === 'ephemeral') this.#cores.set(key, core);
    return core;
  }

  #evaluate(resolved: ResolvedNode, incremental: boolean): Core | undefined {
    const { node } = resolved;
    const { rendering } = this;
    const template = node.kind === 'seed' ? undefined : rendering.template(node);
    const context = rendering.context(this.#subject(resolved, incremental));
    if (node.kind === 'seed') return { sql: nothing, context };
    if (!template) return undefined;
    try {
      const evaluator = new Evaluator(rendering.session, context, template);
      if (node.language !== 'yaml') return { sql: toMappedSql(evaluator.run(new Scope())), context };
      return { sql: this.#snapshotOf(node, context), context };
    } catch (error) {
      if (!(error instanceof RenderError)) throw error;
      rendering.report(error, node.uniqueId);
      return undefined;
    }
  }

  /** A snapshot declared in YAML: `relation: ref('orders')`. */
  #snapshotOf(node: ProjectNode, context: NodeContext): MappedSql {
    const { rendering } = this;
    const span = node.body as NonNullable<ProjectNode['body']>;
    const written = node.file.text.slice(span.start.offset, span.end.offset).replace(/^(["'])(.*)\1$/s, '$2');
    const isExpression = !isTemplate(written);
    const value = rendering.valueOrThrow(
      isExpression ? `{{${written}}}` : written,
      span,
      context,
      isExpression ? 2 : 0,
    );
    const text = `select * from ${toText(value)}`;
    const template = { file: node.file.path, text: node.file.text, body: [] };
    const id = rendering.session.idOf(template);
    return { text, segments: [0, id, span.start.offset, span.end.offset, 0] };
  }

  #subject({ node, config, relation, relationValue }: ResolvedNode, incremental: boolean): Subject {
    const { rendering } = this;
    return {
      uniqueId: node.uniqueId,
      name: node.name,
      config: config.raw,
      incremental,
      own: new Map([
        ['this', () => relationValue],
        ['model', () => nodeDict(rendering, node, config, relation)],
      ]),
    };
  }

  /** Puts the ephemeral models that a query refers to, directly or through others, before it. */
  compile(core: Core): MappedSql | undefined {
    if (core.context.ephemerals.size === 0) return core.sql;
    const models = new Map<string, InlinedModel>();
    return this.#collect(core, models) ? inlineEphemeral(core.sql, [...models.values()]) : undefined;
  }

  /** False when one of them failed. */
  #collect(core: Core, models: Map<string, InlinedModel>): boolean {
    for (const [id, site] of core.context.ephemerals) {
      if (models.has(id)) continue;
      const node = this.rendering.nodesById.get(id) as ProjectNode;
      const at = this.#inlining.indexOf(id);
      if (at !== -1) return this.#reportCycle([...this.#inlining.slice(at), id]);
      this.#inlining.push(id);
      const inner = this.core(this.rendering.resolve(node));
      const isFine = inner !== undefined && this.#collect(inner, models);
      this.#inlining.pop();
      if (!isFine) return false;
      models.set(id, { cte: cteName(node.name), sql: inner.sql, site });
    }
    return true;
  }

  #reportCycle(ids: readonly string[]): false {
    const path = ids.map((id) => id.split('.').at(-1) as string);
    const known = ids.some((id) => this.rendering.failed.has(id));
    for (const id of ids) this.rendering.failed.add(id);
    if (known) return false;
    try {
      raise('CH220', { path });
    } catch (error) {
      const first = this.rendering.nodesById.get(ids[0] as string) as ProjectNode;
      (error as RenderError).span = fileStart(first.file.path);
      this.rendering.report(error as RenderError, first.uniqueId);
    }
    return false;
  }

  #incremental(resolved: ResolvedNode, core: Core, full: MappedSql): RenderedNode['incremental'] {
    if (resolved.config.materialized !== 'incremental' || !core.context.asksIncremental) return undefined;
    const other = this.core(resolved, true);
    const sql = other && this.compile(other);
    if (!other || !sql) return undefined;
    for (const id of other.context.dependsOn) core.context.depend(id);
    for (const id of other.context.macrosUsed) core.context.macrosUsed.add(id);
    for (const read of other.context.reads) core.context.reads.add(read);
    return sql.text === full.text ? undefined : { sql: sql.text, map: this.#map(sql) };
  }

  #withHooks({ node, config }: ResolvedNode, context: NodeContext): NodeConfig {
    if (config.preHook.length === 0 && config.postHook.length === 0) return config;
    const render = (hook: string) => this.rendering.text(hook, placeOfHook(node, hook), context);
    return { ...config, preHook: config.preHook.map(render), postHook: config.postHook.map(render) };
  }

  #map(sql: MappedSql): SourceMap {
    return new CompiledMap(
      () => compileMap(sql.segments, sql.text.length, this.rendering.session),
      this.rendering.lines,
    );
  }

  /** Relations are named by unique_id, so that the hash is the same on every target. */
  #hash(node: RenderedNode): string {
    let sql = node.incremental ? `${node.sql}\n;\n${node.incremental.sql}` : node.sql;
    for (const id of node.dependsOn) {
      const relation = this.rendering.relationOf(id);
      if (relation) sql = sql.replaceAll(relationText(relation), `{${id}}`);
    }
    sql = withoutLayout(sql.replaceAll(relationText(node.relation), '{this}'));
    const { schema, database, docs, description, batches, ...meaning } = node.config.raw;
    const columns = node.columns.map(({ name, dataType, constraints, role, horizon, window }) => [
      name,
      node.config.contractEnforced ? dataType?.value : undefined,
      constraints.map(({ value }) => value),
      role?.value,
      horizon?.value,
      window?.value,
    ]);
    const point = node.pointInTime && [
      node.pointInTime.entity.map(({ value }) => value),
      node.pointInTime.predictionTime.value,
    ];
    const seed = node.kind === 'seed' ? node.rawSql : '';
    return digest(
      node.kind,
      sql,
      canonicalJson({ ...meaning, schema }),
      JSON.stringify(columns),
      JSON.stringify(point ?? null),
      seed,
    );
  }
}

/** Where a hook is written: in a layer, or in the node's own file. */
function placeOfHook(node: ProjectNode, hook: string): RenderedNode['span'] {
  for (const { values } of node.layers) {
    for (const [key, { value, span }] of Object.entries(values)) {
      if (/^(pre|post)[-_]hook$/.test(key) && JSON.stringify(value).includes(JSON.stringify(hook)))
        return span;
    }
  }
  const at = node.file.text.indexOf(hook);
  if (at === -1) return fileStart(node.file.path);
  return new LineIndex(node.file.text).span(node.file.path, at, at + hook.length);
}

type TextOf = (located: { value: string; span: RenderedNode['span'] } | undefined) => string;

/** A column's properties with the Jinja of its texts evaluated; the same object when there is none. */
export function renderColumn(column: ColumnProperties, text: TextOf): ColumnProperties {
  const { description, dataType, availableAt } = column;
  const holds = (located: { value: string } | undefined) =>
    located !== undefined && isTemplate(located.value);
  if (!holds(description) && !holds(dataType) && !holds(availableAt)) return column;
  return {
    ...column,
    ...(description && { description: { ...description, value: text(description) } }),
    ...(dataType && { dataType: { ...dataType, value: text(dataType) } }),
    ...(availableAt && { availableAt: { ...availableAt, value: text(availableAt) } }),
  };
}
