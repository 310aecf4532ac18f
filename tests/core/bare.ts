import type { ColumnProperties, Project, SourceTable } from '../../core/1-load/index.ts';
import type { NodeConfig, RenderedSource, SourceMap, TestConfig } from '../../core/2-render/index.ts';
import { LineIndex, type Span } from '../../core/diagnostics/index.ts';

// Loaded and rendered values with every optional part empty: the fixtures of the phases say only what is theirs.

/** The start of a file. */
export const noSpan = (file: string): Span => new LineIndex('').span(file, 0, 0);

/** Maps compiled SQL to a file of the same text. */
export function sameText(file: string, sql: string): SourceMap {
  const lines = new LineIndex(sql);
  return {
    originOf: (offset) => ({ span: lines.span(file, offset, Math.min(offset + 1, sql.length)), frames: [] }),
  };
}

export function bareConfig(overrides: Partial<NodeConfig> = {}): NodeConfig {
  return {
    enabled: true,
    materialized: 'table',
    tags: [],
    meta: {},
    uniqueKey: [],
    onSchemaChange: 'ignore',
    preHook: [],
    postHook: [],
    contractEnforced: false,
    columnTypes: {},
    delimiter: ',',
    quoteColumns: false,
    raw: {},
    ...overrides,
  };
}

export function bareTestConfig(overrides: Partial<TestConfig> = {}): TestConfig {
  return {
    severity: 'error',
    storeFailures: false,
    failCalc: 'count(*)',
    errorIf: '!= 0',
    warnIf: '!= 0',
    tags: [],
    ...overrides,
  };
}

export function bareColumn(
  name: string,
  span: Span,
  overrides: Partial<ColumnProperties> = {},
): ColumnProperties {
  return { name, span, tests: [], constraints: [], tags: [], meta: {}, ...overrides };
}

/** Table `raw.<name>` of a project. */
export function bareSource(
  project: string,
  name: string,
  overrides: Partial<SourceTable> = {},
  path = 'models/sources.yml',
): RenderedSource {
  const span = noSpan(path);
  const table: SourceTable = {
    kind: 'source',
    uniqueId: `source.${project}.raw.${name}`,
    sourceName: 'raw',
    name,
    span,
    readOptions: {},
    axioms: [],
    primaryKey: [],
    columns: [],
    tests: [],
    tags: [],
    meta: {},
    enabled: true,
    ...overrides,
  };
  return {
    kind: 'source',
    uniqueId: table.uniqueId,
    name,
    sourceName: 'raw',
    path,
    description: '',
    relation: { schema: 'raw', identifier: name },
    location: table.location?.value,
    table,
    hash: `hash of ${name}`,
    span,
  };
}

/** Project `shop` without files. */
export function bareProject(overrides: Partial<Project> = {}): Project {
  const target = { name: 'dev', type: 'duckdb', schema: 'main', threads: 2, options: {} } as const;
  return {
    root: '/nowhere',
    name: 'shop',
    projectFile: { path: 'churn_project.yml', text: 'name: shop', hash: 'p' },
    paths: {
      models: ['models'],
      macros: ['macros'],
      seeds: ['seeds'],
      snapshots: ['snapshots'],
      tests: ['tests'],
      analyses: [],
      docs: [],
      features: ['features'],
      audits: ['audits'],
      simulate: 'simulate',
      target: 'target',
    },
    vars: {},
    targets: [target],
    target,
    nodes: [],
    sources: [],
    singularTests: [],
    analyses: [],
    macros: [],
    docs: new Map(),
    exposures: [],
    selectors: [],
    simulation: [],
    typedFiles: [],
    hooks: { onRunStart: [], onRunEnd: [] },
    testLayers: [],
    monitoring: [],
    text: () => undefined,
    hash: 'project',
    ...overrides,
  };
}
