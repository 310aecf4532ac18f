import type { Diagnostic, Span } from '../diagnostics/index.ts';
import type { ProjectStamp } from './files/project-stamp.ts';
import type { ConfigValue, Located } from './located.ts';
import type { MonitoringRule, PredictionConfig, TrainingConfig } from './prediction.ts';

/** A project file as read. `path` is relative to the project root, with forward slashes; `hash` is of the bytes. */
export interface SourceText {
  readonly path: string;
  readonly text: string;
  readonly hash: string;
}

/**
 * One layer of configuration. A node's layers are ordered from weak to strong: project file (root folder
 * first), properties YAML, `config()` in the SQL (added by 2-render). dbt's merge rules apply: the stronger
 * layer wins, except `tags` (union), `meta` (merge) and hooks (append).
 */
export interface ConfigLayer {
  readonly origin: 'project' | 'properties' | 'inline';
  readonly values: Readonly<Record<string, Located<ConfigValue>>>;
}

/** A generic data test as declared in YAML, on a column or on a whole node. */
export interface TestDeclaration {
  /** `unique`, `not_null`, `accepted_values`, `relationships` or a `{% test %}` macro of the project. */
  readonly test: string;
  /** A name given by the user (`name:`), else undefined: 2-render derives dbt's name. */
  readonly name?: string;
  readonly column?: string;
  readonly arguments: Readonly<Record<string, Located<ConfigValue>>>;
  /** severity, where, limit, store_failures, error_if, warn_if, enabled, tags, fail_calc, ... */
  readonly config: ConfigLayer;
  readonly span: Span;
}

export interface ColumnProperties {
  readonly name: string;
  readonly span: Span;
  readonly description?: Located<string>;
  readonly dataType?: Located<string>;
  readonly tests: readonly TestDeclaration[];
  readonly constraints: readonly Located<ConfigValue>[];
  readonly tags: readonly string[];
  readonly meta: Readonly<Record<string, ConfigValue>>;
  /** dbt's `quote:`: the name is case-sensitive or no plain identifier. */
  readonly quote?: boolean;
  /** Instant from which the cell is known: SQL over the row, or `never`. Sources only. */
  readonly availableAt?: Located<string>;
  /** `label` makes the column one that must depend on (p, p + horizon] only. Models only. */
  readonly role?: Located<'label' | 'feature' | 'key' | 'weight' | 'ignore'>;
  readonly horizon?: Located<string>;
  /** Claimed look-back of a feature, checked against the proven one. */
  readonly window?: Located<string>;
}

/** What YAML says about a model, seed or snapshot. */
export interface NodeProperties {
  readonly name: Located<string>;
  readonly span: Span;
  readonly description?: Located<string>;
  readonly docs?: ConfigValue;
  readonly columns: readonly ColumnProperties[];
  readonly tests: readonly TestDeclaration[];
  readonly constraints: readonly Located<ConfigValue>[];
  readonly config: ConfigLayer;
  readonly pointInTime?: PointInTime;
  /** How far back its rows go, `400 days`: no window may be longer. */
  readonly history?: Located<string>;
}

/** Declares that a model's rows are features of `entity` known at `predictionTime`; such models are audited. */
export interface PointInTime {
  readonly entity: readonly Located<string>[];
  readonly predictionTime: Located<string>;
  readonly span: Span;
}

export type NodeKind = 'model' | 'seed' | 'snapshot';

/** A model, seed or snapshot: its file, its configuration from outside the file, and its properties. */
export interface ProjectNode {
  readonly kind: NodeKind;
  /** `model.<project>.<name>`, as in dbt. */
  readonly uniqueId: string;
  readonly name: string;
  readonly language: 'sql' | 'ts' | 'csv' | 'yaml';
  readonly file: SourceText;
  /** For a snapshot block within a file: where its body lies. Undefined means the whole file. */
  readonly body?: Span;
  /** Built when first read, like `properties`: leave both alone where `contentKey` says that nothing changed. */
  readonly layers: readonly ConfigLayer[];
  readonly properties?: NodeProperties;
  /** Equal keys mean equal file, layers and properties, spans included. `--vars` and the target are not in it. */
  readonly contentKey?: string;
  /** What a TypeScript file declares, once it has been evaluated (`expandTyped` of 2-render); undefined before. */
  readonly generated?: GeneratedModel;
}

/** A typed model or feature view as the SQL model it stands for. */
export interface GeneratedModel {
  /** A template like any `.sql` model's: `ref` and `source` are still calls. */
  readonly template: string;
  /** The declaration in the TypeScript file; all of the SQL goes back to it. */
  readonly span: Span;
  /** What `config()` would say in SQL. */
  readonly config: Readonly<Record<string, ConfigValue>>;
  readonly hash: string;
  /** What it reads and how that falls into parts; undefined where nothing is known of it, as of any SQL model. */
  readonly inputs?: readonly ModelInput[];
}

/**
 * A relation that a declaration reads, each of whose rows belongs to one entity and matters to rows of that entity alone:
 * what allows a model to be built for some entities or prediction times.
 */
export interface ModelInput {
  /** `orders`, or `raw.orders` for a source. */
  readonly name: string;
  /** Its columns for the model's entity, in the order of the model's. */
  readonly entity: readonly string[];
  /** Rows of one prediction time; `time` and `availableAt` are then undefined. */
  readonly predictionTime?: string;
  /** Rows of events: from when they were known, and when they happened. */
  readonly availableAt?: string;
  readonly time?: string;
  /** How far back from a prediction time events matter, as `interval 30 day`; undefined: all of the past. */
  readonly lookBack?: string;
  /** Columns that the model's own are made of, by which changes of the past are seen. */
  readonly watched: readonly string[];
}

/** A singular data check: a select whose rows are failures. */
export interface SingularTest {
  readonly kind: 'test';
  readonly uniqueId: string;
  readonly name: string;
  readonly file: SourceText;
  readonly layers: readonly ConfigLayer[];
  readonly properties?: NodeProperties;
  readonly contentKey?: string;
}

export interface SourceTable {
  readonly kind: 'source';
  /** `source.<project>.<source>.<table>`, as in dbt. */
  readonly uniqueId: string;
  readonly sourceName: string;
  readonly name: string;
  readonly span: Span;
  readonly description?: Located<string>;
  readonly sourceDescription?: Located<string>;
  /** Files read by DuckDB (path or glob, relative to the project root); undefined: a table of the target. */
  readonly location?: Located<string>;
  /** Options for the reader (`delimiter`, `header`, `hive_partitioning`, ...). */
  readonly readOptions: Readonly<Record<string, ConfigValue>>;
  readonly database?: Located<string>;
  readonly schema?: Located<string>;
  readonly identifier?: Located<string>;
  /** Instant from which the row is known: SQL over the row. Undefined: undeclared, what reads it is UNPROVEN. */
  readonly availableAt?: Located<string>;
  readonly axioms: readonly Located<string>[];
  /** How far back the rows go, `400 days`: no window may be longer. */
  readonly history?: Located<string>;
  readonly primaryKey: readonly Located<string>[];
  readonly columns: readonly ColumnProperties[];
  readonly tests: readonly TestDeclaration[];
  readonly freshness?: ConfigValue;
  readonly loadedAtField?: string;
  readonly tags: readonly string[];
  readonly meta: Readonly<Record<string, ConfigValue>>;
  /** False when a layer says so literally; Jinja in `enabled` is left to 2-render. */
  readonly enabled: boolean;
  /** Weak to strong: `sources:` of the project file, `config:` of the source, `config:` of the table. */
  readonly layers?: readonly ConfigLayer[];
}

export interface MacroFile {
  readonly file: SourceText;
  readonly language: 'sql' | 'ts';
}

/** `{% docs name %}text{% enddocs %}` from a Markdown file. */
export interface DocsBlock {
  readonly name: string;
  readonly text: string;
  readonly span: Span;
}

export interface Exposure {
  readonly uniqueId: string;
  readonly name: string;
  readonly span: Span;
  readonly values: Readonly<Record<string, ConfigValue>>;
  readonly dependsOn: readonly Located<string>[];
}

/** dbt's unit test: given rows of the inputs, the model must give the expected ones. */
export interface UnitTestDeclaration {
  readonly name: string;
  readonly model: Located<string>;
  readonly values: Readonly<Record<string, ConfigValue>>;
  readonly span: Span;
}

export type PolicySeverity = 'error' | 'warn';

/** What the audit enforces, per verdict. */
export interface PolicyLevels {
  readonly refuted: PolicySeverity;
  readonly unproven: PolicySeverity;
}

/** A signed exception: somebody answers for one column of one model until a day. */
export interface AuditWaiver {
  readonly model: Located<string>;
  /** An output column, or `(rows)`. */
  readonly column: Located<string>;
  readonly who: string;
  readonly why: string;
  /** The last day it holds, `2027-01-31`. */
  readonly until: Located<string>;
  readonly span: Span;
}

/** audits/policy.yml. `value` is the file as plain data. */
export interface AuditPolicy extends Located<ConfigValue> {
  readonly default: PolicyLevels;
  readonly models: ReadonlyMap<string, PolicyLevels>;
  readonly waivers: readonly AuditWaiver[];
}

/** A named selection from selectors.yml. */
export interface SelectorDefinition {
  readonly name: string;
  readonly definition: ConfigValue;
  readonly isDefault: boolean;
  readonly span: Span;
}

/** An engine to build on, from `targets:`. */
export interface TargetConfig {
  readonly name: string;
  readonly type: 'duckdb' | 'fabric' | 'spark';
  readonly schema: string;
  readonly database?: string;
  readonly threads: number;
  /** Everything else the engine understands (`path`, `memory_limit`, `settings`, `host`, ...). */
  readonly options: Readonly<Record<string, Located<ConfigValue>>>;
  readonly span?: Span;
}

/** Project file paths, relative to the root, under dbt's names without the hyphens. */
export interface ProjectPaths {
  readonly models: readonly string[];
  readonly macros: readonly string[];
  readonly seeds: readonly string[];
  readonly snapshots: readonly string[];
  /** Singular tests; `audits/` is one of them. */
  readonly tests: readonly string[];
  readonly analyses: readonly string[];
  readonly docs: readonly string[];
  readonly features: readonly string[];
  readonly audits: readonly string[];
  readonly simulate: string;
  readonly target: string;
  /** `clean-targets`: what `churn clean` removes besides `target`. */
  readonly cleanTargets?: readonly string[];
}

/** Everything the user's files say, validated and frozen. The output of 1-load; nothing later reads project files. */
export interface Project {
  /** Absolute path of the folder with churn_project.yml. */
  readonly root: string;
  readonly name: string;
  readonly version?: string;
  readonly projectFile: SourceText;
  readonly paths: ProjectPaths;
  /** Project `vars:` overlaid by `--vars`. */
  readonly vars: Readonly<Record<string, ConfigValue>>;
  readonly targets: readonly TargetConfig[];
  readonly target: TargetConfig;
  readonly nodes: readonly ProjectNode[];
  readonly sources: readonly SourceTable[];
  readonly singularTests: readonly SingularTest[];
  readonly analyses: readonly SingularTest[];
  readonly macros: readonly MacroFile[];
  readonly docs: ReadonlyMap<string, DocsBlock>;
  readonly exposures: readonly Exposure[];
  readonly selectors: readonly SelectorDefinition[];
  /** simulate/*.sql in file-name order. */
  readonly simulation: readonly SourceText[];
  /** features/**\/*.ts, audits/*.ts: typed files, evaluated later; feature views are among `nodes` too. */
  readonly typedFiles: readonly SourceText[];
  /** audits/policy.yml as validated data, for 5-audit. */
  readonly policy?: AuditPolicy;
  /** `unit_tests:` as validated data; 7-run runs them. */
  readonly unitTests?: readonly UnitTestDeclaration[];
  /** Rows of unit tests, by file: `<test-path>/fixtures/*.csv` and `.sql`. */
  readonly fixtures?: readonly SourceText[];
  readonly hooks: {
    readonly onRunStart: readonly Located<string>[];
    readonly onRunEnd: readonly Located<string>[];
  };
  /** Config layers of data tests by folder (`tests:`/`data_tests:` of the project file). */
  readonly testLayers: readonly ConfigLayer[];
  readonly prediction?: PredictionConfig;
  readonly training?: TrainingConfig;
  readonly monitoring: readonly MonitoringRule[];
  /** Text of any project file by relative path, for code frames. */
  readonly text: (path: string) => string | undefined;
  /** Hash over all files read, for caches. */
  readonly hash: string;
}

export interface LoadOptions {
  readonly projectDir: string;
  readonly target?: string;
  readonly vars?: Readonly<Record<string, ConfigValue>>;
  readonly targetPath?: string;
  readonly threads?: number;
  /** Keep what was read in target/.cache for the next run. Default: true. */
  readonly cache?: boolean;
  /** Tell by which files the project can be recognised. Default: false. */
  readonly stamp?: boolean;
}

/** `project` is undefined only when churn_project.yml itself cannot be understood. */
export interface LoadResult {
  readonly project?: Project;
  readonly diagnostics: readonly Diagnostic[];
  /** Text of the files read, for code frames where there is no project. */
  readonly text?: (path: string) => string | undefined;
  /** Where it was asked for. */
  readonly stamp?: ProjectStamp;
}
