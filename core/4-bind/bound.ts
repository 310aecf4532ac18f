import type { Diagnostic } from '../diagnostics/index.ts';

/** An output column as DuckDB sees it; `type` is DuckDB's spelling, such as `DECIMAL(18,2)`. */
export interface BoundColumn {
  readonly name: string;
  readonly type: string;
}

/** Which columns of direct parents a column's value comes from. */
export interface ColumnLineage {
  readonly column: string;
  readonly from: readonly { readonly node: string; readonly column: string }[];
}

/** How much was bound and how much was known from the last run. */
export interface BindStatistics {
  readonly bound: number;
  readonly cached: number;
}

/** The types of everything: the output of 4-bind. Nodes that failed to bind are missing from `columns`. */
export interface Bound {
  /** Output columns by unique_id: sources, seeds, models, snapshots. */
  readonly columns: ReadonlyMap<string, readonly BoundColumn[]>;
  readonly diagnostics: readonly Diagnostic[];
  /** Nodes and tests that were not checked, and the failed nodes that they read, directly or not. */
  readonly notChecked: ReadonlyMap<string, readonly string[]>;
  readonly statistics: BindStatistics;
  /** Column lineage of one node; computed on demand from the bound plan. */
  readonly lineage: (uniqueId: string) => Promise<readonly ColumnLineage[]>;
  /** Releases the embedded engine. */
  readonly close: () => void;
}
