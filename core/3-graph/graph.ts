import type { Rendered } from '../2-render/index.ts';

/** The project's DAG. Edges run from what is read to what reads it; tests are leaves. */
export interface Graph {
  readonly nodes: ReadonlyMap<string, Rendered>;
  /** Direct upstream unique_ids. */
  readonly parents: ReadonlyMap<string, readonly string[]>;
  /** Direct downstream unique_ids, tests included; no entry for a node without any. */
  readonly children: ReadonlyMap<string, readonly string[]>;
  /** Every node after its parents; among equals, by unique_id; tests last. What is on or behind a cycle is left out. */
  readonly order: readonly string[];
}
