import type { ColumnProperties, ConfigValue, ModelInput, PointInTime, SourceTable } from '../1-load/index.ts';
import type { Diagnostic, Span } from '../diagnostics/index.ts';

/** A table or view of the target. Quoted and joined by `.` where SQL needs it. */
export interface Relation {
  readonly database?: string;
  readonly schema: string;
  readonly identifier: string;
}

/** One macro call on the way from a model to a character of its compiled SQL; outermost first. */
export interface MacroFrame {
  readonly macro: string;
  /** Where the macro was called. */
  readonly callSite: Span;
}

/** Where a character of the compiled SQL was written. */
export interface Origin {
  readonly span: Span;
  readonly frames: readonly MacroFrame[];
}

/** Maps offsets of compiled SQL back to the template, in O(log segments). */
export interface SourceMap {
  readonly originOf: (offset: number) => Origin | undefined;
}

export type Materialization = 'view' | 'table' | 'incremental' | 'ephemeral' | 'seed' | 'snapshot' | 'test';

/** A node's configuration after all layers are merged and Jinja is evaluated; dbt's names in camelCase. */
export interface NodeConfig {
  readonly enabled: boolean;
  readonly materialized: Materialization;
  readonly schema?: string;
  readonly database?: string;
  readonly alias?: string;
  readonly tags: readonly string[];
  readonly meta: Readonly<Record<string, ConfigValue>>;
  readonly uniqueKey: readonly string[];
  readonly incrementalStrategy?: 'append' | 'delete+insert' | 'merge' | 'microbatch' | 'prediction_time';
  /** Build in this many batches of entities. */
  readonly batches?: number;
  readonly onSchemaChange: 'ignore' | 'fail' | 'append_new_columns' | 'sync_all_columns';
  readonly fullRefresh?: boolean;
  readonly preHook: readonly string[];
  readonly postHook: readonly string[];
  readonly contractEnforced: boolean;
  /** Seeds: column types, delimiter, quoting. */
  readonly columnTypes: Readonly<Record<string, string>>;
  readonly delimiter: string;
  readonly quoteColumns: boolean;
  /** Snapshots. */
  readonly snapshot?: SnapshotConfig;
  /** Every value under its dbt name, for manifests and `config.get`. */
  readonly raw: Readonly<Record<string, ConfigValue>>;
}

export interface SnapshotConfig {
  readonly strategy: 'timestamp' | 'check';
  readonly updatedAt?: string;
  readonly checkColumns: 'all' | readonly string[];
  readonly hardDeletes: 'ignore' | 'invalidate' | 'new_record';
}

export interface TestConfig {
  readonly severity: 'error' | 'warn';
  readonly where?: string;
  readonly limit?: number;
  readonly storeFailures: boolean;
  readonly failCalc: string;
  readonly errorIf: string;
  readonly warnIf: string;
  readonly tags: readonly string[];
}

interface RenderedBase {
  readonly uniqueId: string;
  readonly name: string;
  /** The file the user would edit, relative to the root. */
  readonly path: string;
  readonly description: string;
  /** unique_ids this node's SQL refers to, in order of first use; macros excluded. */
  readonly dependsOn: readonly string[];
  /** unique_ids of macros used, transitively. */
  readonly macros: readonly string[];
  /** Hash of everything that decides what the node means: SQL, config, contract; not comments or layout of YAML. */
  readonly hash: string;
}

/** A model, seed or snapshot ready to be bound. `sql` is one select; empty for seeds. */
export interface RenderedNode extends RenderedBase {
  readonly kind: 'model' | 'seed' | 'snapshot';
  readonly config: NodeConfig;
  readonly relation: Relation;
  readonly rawSql: string;
  /** Full-refresh SQL (`is_incremental()` false). Refs to ephemeral models are inlined as CTEs. */
  readonly sql: string;
  readonly map: SourceMap;
  /** SQL with `is_incremental()` true; only for incremental models where it differs. */
  readonly incremental?: { readonly sql: string; readonly map: SourceMap };
  readonly columns: readonly ColumnProperties[];
  readonly pointInTime?: PointInTime;
  /** Of typed declarations: what they read and how it falls into parts. */
  readonly inputs?: readonly ModelInput[];
  readonly span: Span;
}

/**
 * A data test: a select whose rows are failures. `where` is already part of it; `limit`, `failCalc` and the bounds are
 * applied by who runs it. Facts declared by a source are tests too, told by `generic.test`: `axiom` (fails where the
 * expression is false; unknown holds, as in a CHECK constraint), `primary_key` and `primary_key_not_null`.
 */
export interface RenderedTest extends RenderedBase {
  readonly kind: 'test';
  readonly config: TestConfig;
  readonly sql: string;
  readonly map: SourceMap;
  /** For a generic test: the test's macro, the node and the column it guards. */
  readonly generic?: {
    readonly test: string;
    readonly attachedTo: string;
    readonly column?: string;
    readonly arguments: Readonly<Record<string, ConfigValue>>;
  };
  readonly relation: Relation;
  readonly span: Span;
}

/** A source with its Jinja evaluated. */
export interface RenderedSource {
  readonly kind: 'source';
  readonly uniqueId: string;
  readonly name: string;
  readonly sourceName: string;
  readonly path: string;
  readonly description: string;
  readonly relation: Relation;
  /** Path or glob, relative to the project root, or absolute; undefined for tables of the target. */
  readonly location?: string;
  readonly table: SourceTable;
  readonly hash: string;
  readonly span: Span;
}

export type Rendered = RenderedNode | RenderedTest | RenderedSource;

/** What templates were told that is not in the project's files. */
export interface OutsideReads {
  /** Environment variables by name; undefined where one is not set. */
  readonly environment: ReadonlyMap<string, string | undefined>;
  /** Somebody asked for the time. */
  readonly clock: boolean;
}

/** The project as SQL: the output of 2-render. Disabled nodes are left out. */
export interface RenderedProject {
  readonly nodes: ReadonlyMap<string, RenderedNode>;
  readonly tests: ReadonlyMap<string, RenderedTest>;
  readonly sources: ReadonlyMap<string, RenderedSource>;
  /** `on-run-start` and `on-run-end` as SQL. */
  readonly hooks?: { readonly onRunStart: readonly string[]; readonly onRunEnd: readonly string[] };
  /** unique_ids of nodes, sources and tests left out because of an error; those disabled are not among them. */
  readonly failed?: ReadonlySet<string>;
  /** Grows while what is lazy of the project is looked at. */
  readonly outside?: OutsideReads;
  readonly diagnostics: readonly Diagnostic[];
}
