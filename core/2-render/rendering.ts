import type { ConfigLayer, ConfigValue, Project, ProjectNode, SourceTable } from '../1-load/index.ts';
import { type Diagnostic, nearest, type Span } from '../diagnostics/index.ts';
import { ReadDigests } from './cache/read-digests.ts';
import type { CachedNode, RenderCache } from './cache/render-cache.ts';
import { digest } from './compile/hash.ts';
import type { Site } from './compile/mapped-sql.ts';
import { Lines } from './compile/source-map.ts';
import { isTemplate, type Place, placeOf } from './compile/yaml-template.ts';
import type { ConfigOwner } from './config/keys.ts';
import type { RawConfig } from './config/merge.ts';
import { buildGlobals } from './context/globals.ts';
import { type Mode, NodeContext, type Subject, type Surroundings } from './context/node-context.ts';
import { RelationValue } from './context/relation-value.ts';
import type { Template } from './jinja/ast.ts';
import { RenderError, raise } from './jinja/error.ts';
import { Evaluator } from './jinja/evaluator.ts';
import { parseTemplate } from './jinja/parse.ts';
import { Session } from './jinja/session.ts';
import { toText } from './jinja/values/show.ts';
import type { Value } from './jinja/values/value.ts';
import { buildMacroTable, type MacroTable } from './macros/table.ts';
import type { RenderOptions } from './options.ts';
import type { Relation, RenderedNode } from './rendered.ts';
import {
  type EvaluatedLayer,
  evaluateLayer,
  parseNode,
  type ResolvedNode,
  resolveNode,
} from './resolve-node.ts';

/** What every node depends on. A change of it renders everything anew. */
function situationOf(project: Project, options: RenderOptions): string {
  const { name, projectFile, target } = project;
  return digest(name, projectFile.hash, JSON.stringify(target), String(options.fullRefresh ?? false));
}

const noNames: ReadonlyMap<string, () => Value> = new Map();

/** The state of one rendering of a project: name tables, macros, what is known of each node so far. */
export class Rendering implements Surroundings {
  readonly session: Session;
  readonly lines: Lines;
  readonly table: MacroTable;
  readonly globals: ReadonlyMap<string, Value>;
  readonly diagnostics: Diagnostic[] = [];
  /** Nodes that could not be rendered; their errors are in `diagnostics`. */
  readonly failed = new Set<string>();
  readonly nodesById = new Map<string, ProjectNode>();
  readonly #byName = new Map<string, ProjectNode>();
  readonly #sources = new Map<string, SourceTable>();
  readonly #templates = new Map<ProjectNode, Template | undefined>();
  readonly #sourcesById = new Map<string, SourceTable>();
  readonly #resolved = new Map<string, ResolvedNode>();
  readonly #sourceRelations = new Map<string, Relation>();
  readonly #environment: Readonly<Record<string, string | undefined>>;
  readonly #anyMacroConfigures: boolean;
  readonly cache: RenderCache | undefined;
  readonly #startedAt: Date;
  readonly #fileHashes = new Map<string, string>();
  readonly #layers = new WeakMap<ConfigLayer, EvaluatedLayer>();
  /** Nodes with diagnostics of their own. */
  readonly #noisy = new Set<string>();
  readonly digests: ReadDigests;
  /** Every answer that came from neither the project's files nor the options. */
  readonly outside = { environment: new Map<string, string | undefined>(), clock: false };

  constructor(
    readonly project: Project,
    readonly options: RenderOptions,
  ) {
    this.cache = options.cache;
    this.#startedAt = options.startedAt ?? new Date();
    this.cache?.begin(situationOf(project, options));
    this.session = new Session(project.text);
    this.lines = new Lines(project.text);
    this.table = buildMacroTable(project);
    for (const diagnostic of this.table.diagnostics) this.add(diagnostic);
    this.globals = buildGlobals(project, options);
    this.#environment = options.environment ?? process.env;
    this.#anyMacroConfigures = [...this.table.macros.values()].some((macro) => macro.configures);
    this.digests = new ReadDigests(this, (name) => {
      const node = this.#byName.get(name);
      return node && this.renderer?.render(node)?.sql;
    });
    for (const node of project.nodes) {
      this.nodesById.set(node.uniqueId, node);
      this.#byName.set(node.name, node);
    }
    for (const source of project.sources) {
      this.#sources.set(`${source.sourceName}.${source.name}`, source);
      this.#sourcesById.set(source.uniqueId, source);
    }
  }

  /** Renders ephemeral models for whoever has to know their SQL; set once the rendering has its renderer. */
  renderer: { render(node: ProjectNode): RenderedNode | undefined } | undefined;

  /** A configuration layer with its Jinja evaluated; layers of folders are shared by many nodes. */
  layer(layer: ConfigLayer, owner: ConfigOwner, reads: Set<string>): RawConfig {
    let found = this.#layers.get(layer);
    if (!found) {
      found = evaluateLayer(this, layer, owner);
      this.#layers.set(layer, found);
    }
    for (const read of found.reads) reads.add(read);
    return found.raw;
  }

  get macros() {
    return this.table.macros;
  }

  get anyMacroConfigures(): boolean {
    return this.#anyMacroConfigures;
  }

  /** Configuration and relation of a node; found out when first asked for. */
  resolve(node: ProjectNode): ResolvedNode {
    let found = this.#resolved.get(node.uniqueId);
    if (!found) {
      found = resolveNode(this, node);
      this.#resolved.set(node.uniqueId, found);
    }
    return found;
  }

  /** The parsed template of a node; forgotten by `forgetTemplate`, and then parsed anew when asked for. */
  template(node: ProjectNode): Template | undefined {
    if (this.#templates.has(node)) return this.#templates.get(node);
    const template = parseNode(this, node);
    this.#templates.set(node, template);
    return template;
  }

  /** Hashes of the files that define a node; its configuration from the project file is part of the situation. */
  keyOf(node: ProjectNode): string {
    return `${node.contentKey ?? this.#contentKey(node)} ${node.body?.start.offset ?? ''}`;
  }

  #contentKey(node: ProjectNode): string {
    const properties = node.properties?.span.file;
    return `${node.file.hash} ${node.generated?.hash ?? ''} ${properties === undefined ? '' : this.#fileHash(properties)}`;
  }

  #fileHash(path: string): string {
    let found = this.#fileHashes.get(path);
    if (found === undefined) {
      found = digest(this.project.text(path) ?? '');
      this.#fileHashes.set(path, found);
    }
    return found;
  }

  /** The cached configuration of a node, if it still holds. */
  cachedConfig(node: ProjectNode): CachedNode | undefined {
    const entry = this.cache?.find(node.uniqueId, this.keyOf(node));
    return entry && this.cache?.holds(entry.configReads, this.digests.digestOf) ? entry : undefined;
  }

  /** The cached SQL of a node, if it still holds; it is taken over for the next run. */
  cached(node: ProjectNode): CachedNode | undefined {
    const entry = this.cachedConfig(node);
    if (!entry || !this.cache?.holds(entry.reads, this.digests.digestOf)) return undefined;
    this.cache.keep(node.uniqueId, entry);
    return entry;
  }

  /** Puts a rendered node into the cache, unless there was something to say about it: that must be said again. */
  remember(
    { node, reads: configReads }: ResolvedNode,
    rendered: RenderedNode,
    reads: Iterable<string>,
  ): void {
    if (!this.cache || this.#noisy.has(node.uniqueId)) return;
    const { relation, sql, incremental, dependsOn, macros, hash, config } = rendered;
    const { preHook, postHook, raw } = config;
    const entry = { key: this.keyOf(node), raw, relation, sql, dependsOn, macros, preHook, postHook, hash };
    const all = incremental ? { ...entry, incremental: incremental.sql } : entry;
    this.cache.add(node.uniqueId, all, configReads, reads, this.digests.digestOf);
  }

  forgetTemplate(node: ProjectNode): void {
    if (this.#templates.get(node)) this.#templates.delete(node);
  }

  /** Where a node is built or a source is read from. */
  relationOf(uniqueId: string): Relation | undefined {
    const node = this.nodesById.get(uniqueId);
    if (node) return this.resolve(node).relation;
    const source = this.#sourcesById.get(uniqueId);
    return source && this.sourceRelation(source);
  }

  nodeByName(name: string): ProjectNode | undefined {
    return this.#byName.get(name);
  }

  ref(context: NodeContext, name: string, project: string | undefined, site: Site): RelationValue {
    const node = this.#byName.get(name);
    if (project !== undefined && project !== this.project.name) {
      raise('CH213', {
        name: `a ref to the package \`${project}\``,
        fix: 'Packages are not installed; copy the models you need.',
      });
    }
    if (context.mode === 'render') context.reads.add(`ref:${name}`);
    if (!node) {
      const close = nearest(name, this.#byName.keys());
      return raise('CH208', { name, ...(close !== undefined && { nearest: close }) });
    }
    if (context.mode === 'config')
      return new RelationValue({ schema: this.project.target.schema, identifier: name }, 'table');
    const resolved = this.resolve(node);
    if (!resolved.config.enabled) raise('CH227', { name });
    context.depend(node.uniqueId);
    if (resolved.config.materialized === 'ephemeral' && !context.ephemerals.has(node.uniqueId)) {
      context.ephemerals.set(node.uniqueId, site);
    }
    return resolved.relationValue;
  }

  source(context: NodeContext, source: string, table: string): RelationValue {
    const found = this.#sources.get(`${source}.${table}`);
    const name = `${source}.${table}`;
    if (context.mode === 'render') context.reads.add(`source:${name}`);
    if (!found) {
      const close = nearest(name, this.#sources.keys());
      return raise('CH209', { name, ...(close !== undefined && { nearest: close }) });
    }
    if (!found.enabled) raise('CH227', { name });
    context.depend(found.uniqueId);
    return new RelationValue(this.sourceRelation(found), found.location ? 'external' : 'table');
  }

  sourceRelation(source: SourceTable): Relation {
    let relation = this.#sourceRelations.get(source.uniqueId);
    if (!relation) {
      const text = (located: { value: string; span: Span } | undefined) =>
        located && this.text(located.value, located.span);
      const database = text(source.database);
      relation = {
        ...(database !== undefined && database !== '' && { database }),
        schema: text(source.schema) ?? source.sourceName,
        identifier: text(source.identifier) ?? source.name,
      };
      this.#sourceRelations.set(source.uniqueId, relation);
    }
    return relation;
  }

  /** The source table declared as `source.table`. */
  sourceByName(name: string): SourceTable | undefined {
    return this.#sources.get(name);
  }

  variable(name: string): ConfigValue | undefined {
    return Object.hasOwn(this.project.vars, name) ? this.project.vars[name] : undefined;
  }

  variableNames(): Iterable<string> {
    return Object.keys(this.project.vars);
  }

  environment(name: string): string | undefined {
    const value = Object.hasOwn(this.#environment, name) ? this.#environment[name] : undefined;
    this.outside.environment.set(name, value);
    return value;
  }

  doc(name: string): string {
    const found = this.project.docs.get(name);
    if (found) return found.text;
    const close = nearest(name, this.project.docs.keys());
    return raise('CH225', { name, ...(close !== undefined && { nearest: close }) });
  }

  startedAt(): Date {
    this.outside.clock = true;
    return this.#startedAt;
  }

  log(message: string): void {
    this.options.onLog?.(message);
  }

  /** A context for text that belongs to no node's template. */
  context(subject: Partial<Subject> = {}, mode: Mode = 'render'): NodeContext {
    const full: Subject = {
      uniqueId: subject.uniqueId ?? '',
      name: subject.name ?? '',
      own: subject.own ?? noNames,
      incremental: subject.incremental ?? false,
      ...(subject.config && { config: subject.config }),
    };
    return new NodeContext(this, full, mode);
  }

  /**
   * A string of a YAML file as text. Errors become diagnostics of `context`'s node, and the text stays as written.
   */
  text(text: string, span: Span, context = this.context()): string {
    if (!isTemplate(text)) return text;
    const value = this.value(text, span, context);
    return value === undefined ? text : toText(value);
  }

  /**
   * The value of a string of a YAML file: a template that is a single expression keeps its type, as in dbt's native
   * rendering. Undefined after an error.
   */
  value(text: string, span: Span, context = this.context()): Value | undefined {
    try {
      return this.valueOrThrow(text, span, context);
    } catch (error) {
      if (!(error instanceof RenderError)) throw error;
      this.report(error, context.subject.uniqueId);
      return undefined;
    }
  }

  /** @throws RenderError */
  valueOrThrow(text: string, span: Span, context: NodeContext, prefix = 0): Value {
    const inside = placeOf(text, span, this.project.text(span.file), prefix);
    try {
      const template = parseTemplate(span.file, text, { inside });
      const evaluator = new Evaluator(this.session, context, template);
      const [only] = template.body;
      if (template.body.length === 1 && only?.kind === 'output')
        return evaluator.runExpression(only.expression);
      return evaluator.run().toValue();
    } catch (error) {
      if (error instanceof RenderError) error.span ??= this.#placeInside(error, span, inside);
      throw error;
    }
  }

  /** A syntax error of a YAML string: its own place, where the string is written plainly. */
  #placeInside(error: RenderError, span: Span, inside: Place): Span {
    if (!error.at || inside.shift === undefined) return span;
    const [start, end] = error.at;
    return this.session.lines(span.file).span(span.file, start + inside.shift, end + inside.shift);
  }

  add(diagnostic: Diagnostic): void {
    this.diagnostics.push(diagnostic);
    if (diagnostic.node !== undefined) this.#noisy.add(diagnostic.node);
  }

  report(error: RenderError, node?: string): void {
    this.add(error.toDiagnostic(node === '' ? undefined : node));
    if (node !== undefined && node !== '') this.failed.add(node);
  }
}
