import { availableParallelism } from 'node:os';
import { type Diagnostic, nearest, reportLoad } from '../../diagnostics/index.ts';
import type { ConfigValue, Located } from '../located.ts';
import type { LoadOptions, ProjectPaths, TargetConfig } from '../project.ts';
import type { YamlDocument } from '../yaml/document.ts';
import { entriesOf, get, textOf, type YamlNode } from '../yaml/tree.ts';

export const engines = ['duckdb', 'fabric', 'spark'] as const;
type Engine = (typeof engines)[number];

interface BuiltTargets {
  readonly targets: readonly TargetConfig[];
  readonly target: TargetConfig;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * `targets:` and which of them is meant: `--target`, else `target:`, else the first. The name of an engine serves
 * as a target too. Without any declared: `dev`, a DuckDB file in the target folder.
 */
export function buildTargets(doc: YamlDocument, paths: ProjectPaths, options: LoadOptions): BuiltTargets {
  const threads = options.threads;
  const declared = entriesOf(get(doc.root, 'targets')).map((entry) =>
    buildTarget(doc, entry.key, entry.value, doc.keySpan(entry), threads),
  );
  const targets = declared.length > 0 ? declared : [implied('dev', 'duckdb', paths, threads)];
  const chosen = get(doc.root, 'target');
  const wanted = options.target ?? textOf(chosen) ?? targets[0]?.name ?? 'dev';
  const found =
    targets.find(({ name }) => name === wanted) ??
    targets.find(({ type }) => type === wanted) ??
    (isEngine(wanted) ? implied(wanted, wanted, paths, threads) : undefined);
  if (found !== undefined) return { targets, target: found, diagnostics: [] };
  const known = [...targets.map(({ name }) => name), ...engines];
  const span = options.target === undefined && chosen !== undefined ? doc.span(chosen) : undefined;
  return {
    targets,
    target: targets[0] as TargetConfig,
    diagnostics: [
      reportLoad(
        'CH121',
        { target: wanted, nearest: nearest(wanted, known), known: [...new Set(known)] },
        { span },
      ),
    ],
  };
}

const ownKeys = new Set(['type', 'schema', 'database', 'threads']);

function buildTarget(
  doc: YamlDocument,
  name: string,
  node: YamlNode,
  span: TargetConfig['span'],
  threads: number | undefined,
): TargetConfig {
  const type = textOf(get(node, 'type')) ?? 'duckdb';
  const declared = get(node, 'threads');
  const options: Record<string, Located<ConfigValue>> = {};
  for (const entry of entriesOf(node))
    if (!ownKeys.has(entry.key)) options[entry.key] = doc.located(entry.value);
  return {
    name,
    type: isEngine(type) ? type : 'duckdb',
    schema: textOf(get(node, 'schema')) ?? defaultSchema(type),
    database: textOf(get(node, 'database')),
    threads:
      threads ??
      (declared?.kind === 'scalar' && typeof declared.value === 'number'
        ? declared.value
        : availableParallelism()),
    options,
    span,
  };
}

function implied(name: string, type: Engine, paths: ProjectPaths, threads: number | undefined): TargetConfig {
  const at = { offset: 0, line: 1, column: 1 };
  const path = {
    value: `${paths.target}/churn.duckdb`,
    span: { file: 'churn_project.yml', start: at, end: at },
  };
  return {
    name,
    type,
    schema: defaultSchema(type),
    threads: threads ?? availableParallelism(),
    options: type === 'duckdb' ? { path } : {},
  };
}

function defaultSchema(type: string): string {
  return type === 'fabric' ? 'dbo' : type === 'spark' ? 'default' : 'main';
}

function isEngine(name: string): name is Engine {
  return (engines as readonly string[]).includes(name);
}
