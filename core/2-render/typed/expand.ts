import type { ColumnProperties, Located, NodeProperties, Project, ProjectNode } from '../../1-load/index.ts';
import { type Diagnostic, LineIndex, reportRender, type Span } from '../../diagnostics/index.ts';
import { digest } from '../compile/hash.ts';
import type { Calendar } from '../define/calendar.ts';
import { RenderError } from '../jinja/error.ts';
import type { CompileContext } from './compile-declaration.ts';
import { type Declaration, declarationIn, type Evaluated } from './declaration.ts';
import { moduleLoader, thrownText } from './module-loader.ts';

export interface Expanded {
  readonly project: Project;
  readonly diagnostics: readonly Diagnostic[];
  /** For the next run; undefined when `cached` is as good. */
  readonly cache: string | undefined;
}

/** Bumped whenever the same file would give other SQL. */
const formatVersion = 6;

/**
 * Evaluates the project's typed models, feature views and gold tables: each becomes a model with a SQL template, which
 * the renderer then treats like any `.sql` file. A project without such files is given back as it is. With nothing
 * changed since `cached`, neither jiti nor Kysely is loaded.
 */
export async function expandTyped(project: Project, cached?: string): Promise<Expanded> {
  const typed = project.nodes.filter(({ language }) => language === 'ts');
  if (typed.length === 0) return { project, diagnostics: [], cache: undefined };
  const key = keyOf(project);
  const known = cached === undefined ? undefined : parseCache(cached, key);
  if (known)
    return {
      project: withModels(project, new Map(Object.entries(known))),
      diagnostics: [],
      cache: undefined,
    };
  const { compileDeclaration } = await import('./compile-declaration.ts');
  const load = moduleLoader(project);
  const evaluated = new Map<string, Evaluated>();
  const diagnostics: Diagnostic[] = [];
  const attempt = (node: ProjectNode, act: () => void) => {
    try {
      act();
    } catch (error) {
      diagnostics.push(describe(error, node, project));
    }
  };
  // All of them before any is compiled: a view looks at its spine's calendar.
  const declared = new Map<ProjectNode, Declaration>();
  for (const node of typed) attempt(node, () => declared.set(node, declarationOf(node, load)));
  const context = compileContext(declared.values(), project);
  for (const [node, declaration] of declared)
    attempt(node, () => evaluated.set(node.uniqueId, compileDeclaration(declaration, node.name, context)));
  const cache =
    diagnostics.length > 0 ? undefined : JSON.stringify({ key, models: Object.fromEntries(evaluated) });
  return { project: withModels(project, evaluated), diagnostics, cache };
}

/** What declarations may know of each other, and of the engine they are compiled for. */
function compileContext(declarations: Iterable<Declaration>, project: Project): CompileContext {
  const calendars = new Map<string, Calendar>();
  for (const one of declarations) if (one.churn === 'spine') calendars.set(one.name, one.calendar);
  // Cells are measured on DuckDB, and need an aggregate that T-SQL does not have.
  return { calendarOf: (name) => (project.target.type === 'duckdb' ? calendars.get(name) : undefined) };
}

function declarationOf(node: ProjectNode, load: ReturnType<typeof moduleLoader>): Declaration {
  const module = load(node.file.path);
  const declaration = declarationIn(module);
  if (declaration) return declaration;
  const what = `\`${node.file.path}\``;
  const found = 'default' in module ? 'another one' : 'none';
  throw new RenderError((place) => reportRender('CH251', { what, found }, place));
}

function describe(error: unknown, node: ProjectNode, project: Project): Diagnostic {
  const span = declarationSpan(node);
  if (error instanceof RenderError) {
    error.span ??= span;
    return error.toDiagnostic(node.uniqueId);
  }
  const problem = `\`${node.file.path}\` cannot be evaluated`;
  return reportRender(
    'CH250',
    { problem, thrown: thrownText(error, project) },
    { span, node: node.uniqueId },
  );
}

/** All TypeScript of the project, since typed files import each other, the variables they may read, and the engine. */
function keyOf(project: Project): string {
  const files = [
    ...project.nodes.filter(({ language }) => language === 'ts').map(({ file }) => file),
    ...project.typedFiles,
    ...project.macros.filter(({ language }) => language === 'ts').map(({ file }) => file),
  ];
  const hashes = files.map(({ path, hash }) => `${path} ${hash}`);
  const engine = typeof CHURN_VERSION === 'string' ? CHURN_VERSION : '';
  return digest(String(formatVersion), engine, project.target.type, JSON.stringify(project.vars), ...hashes);
}

declare const CHURN_VERSION: string | undefined;

function parseCache(text: string, key: string): Readonly<Record<string, Evaluated>> | undefined {
  try {
    const file = JSON.parse(text) as { key?: unknown; models?: Readonly<Record<string, Evaluated>> };
    return file.key === key && typeof file.models === 'object' ? file.models : undefined;
  } catch {
    return undefined;
  }
}

/** The project with its typed nodes' SQL and properties; those that failed stay without. */
function withModels(project: Project, models: ReadonlyMap<string, Evaluated>): Project {
  const nodes = project.nodes.map((node) => {
    const model = models.get(node.uniqueId);
    return model === undefined ? node : withModel(node, model);
  });
  return Object.freeze({ ...project, nodes: Object.freeze(nodes) });
}

function withModel(node: ProjectNode, model: Evaluated): ProjectNode {
  const span = declarationSpan(node);
  const hash = digest(JSON.stringify(model));
  const { template, config, inputs } = model;
  return Object.freeze({
    ...node,
    properties: propertiesOf(node.properties, node, model, span),
    generated: { template, config, span, hash, ...(inputs && { inputs }) },
    contentKey: node.contentKey === undefined ? undefined : `${node.contentKey}|${hash}`,
  });
}

/** What the declaration says, under what YAML says of the same model. */
function propertiesOf(
  yaml: NodeProperties | undefined,
  node: ProjectNode,
  { columns, description, pointInTime }: Evaluated,
  span: Span,
): NodeProperties {
  const at = <T>(value: T): Located<T> => ({ value, span });
  const own = columns.map((column): ColumnProperties => {
    const declared = yaml?.columns.find(({ name }) => name === column.name);
    const ownSpan = columnSpan(node, column.name, span);
    const text = (value: string | undefined) => (value === undefined ? undefined : { value, span: ownSpan });
    const role = column.role === 'key' ? undefined : column.role;
    const parts = {
      description: text(column.description),
      dataType: text(column.dataType),
      role: role && { value: role, span: ownSpan },
      horizon: text(column.horizon),
      window: text(column.window),
    };
    const empty = { name: column.name, span: ownSpan, tests: [], constraints: [], tags: [], meta: {} };
    return { ...empty, ...defined(parts), ...defined(declared ?? {}) };
  });
  const names = new Set(columns.map(({ name }) => name));
  return {
    name: at(node.name),
    span,
    tests: [],
    constraints: [],
    config: { origin: 'properties', values: {} },
    ...(description !== undefined && { description: at(description) }),
    ...(pointInTime && {
      pointInTime: {
        entity: pointInTime.entity.map(at),
        predictionTime: at(pointInTime.predictionTime),
        span,
      },
    }),
    ...defined(yaml ?? {}),
    columns: [...own, ...(yaml?.columns ?? []).filter(({ name }) => !names.has(name))],
  };
}

/** Without the keys that are there and say nothing. */
function defined<T extends object>(value: T): Partial<T> {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as Partial<T>;
}

/** `export default ...` up to the end of its line. */
function declarationSpan({ file: { path, text } }: ProjectNode): Span {
  const found = /^export default\b.*$/m.exec(text);
  return new LineIndex(text).span(path, found?.index ?? 0, found ? found.index + found[0].length : 0);
}

/** The entry of `features` (or of `columns`) that a column comes from, by its name: `logins` for `logins_7d`. */
function columnSpan({ file: { path, text } }: ProjectNode, column: string, fallback: Span): Span {
  for (const name of [column, column.replace(/_[^_]+$/, '')]) {
    const found = new RegExp(`^\\s*(${name.replaceAll(/\W/g, '\\$&')}):`, 'm').exec(text);
    if (found === null) continue;
    const start = found.index + found[0].length - name.length - 1;
    return new LineIndex(text).span(path, start, start + name.length);
  }
  return fallback;
}
