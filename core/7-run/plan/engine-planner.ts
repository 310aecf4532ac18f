import type { TargetConfig } from '../../1-load/index.ts';
import type { RenderedNode, RenderedSource, RenderedTest } from '../../2-render/index.ts';
import type { BoundColumn } from '../../4-bind/index.ts';
import type { ExistingRelation } from '../adapters/adapter.ts';
import type { MaterializeContext, Materialized } from './materialization.ts';
import type { Statement } from './plan.ts';

/** What a dialect contributes to a plan: the statements of each kind of step. It never touches an engine. */
export interface EnginePlanner {
  readonly type: TargetConfig['type'];
  /** Whether what a node does can be taken back by a rollback. */
  readonly transactional: boolean;
  /** See `RunPlan`. */
  readonly separator?: string;
  readonly createSchema: (schema: string, database?: string) => Statement;
  readonly materialize: (context: MaterializeContext) => Materialized;
  /** Empty: the source is a table of the target already. */
  readonly source: (
    source: RenderedSource,
    root: string,
    columns: readonly BoundColumn[],
    existing?: ExistingRelation,
  ) => readonly Statement[];
  /** One row: failures, should_warn, should_error. `within`: the node that is published when the test has passed. */
  readonly verdict: (test: RenderedTest, within?: RenderedNode) => Statement;
  /** The failing rows of a test, for `store_failures`. */
  readonly failures: (test: RenderedTest, within?: RenderedNode) => string;
}
