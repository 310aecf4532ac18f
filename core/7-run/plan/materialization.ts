import type { RenderedNode } from '../../2-render/index.ts';
import type { BoundColumn } from '../../4-bind/index.ts';
import type { Diagnostic } from '../../diagnostics/index.ts';
import type { DatabaseState, ExistingRelation } from '../adapters/adapter.ts';
import type { PartInput } from './inputs.ts';
import type { Action, LateReport, Statement } from './plan.ts';

/** What a materialisation knows about its node when it plans. */
export interface MaterializeContext {
  readonly node: RenderedNode;
  readonly state: DatabaseState;
  readonly existing?: ExistingRelation;
  /** Output columns as bound; empty when the node was not bound. */
  readonly columns: readonly BoundColumn[];
  readonly fullRefresh: boolean;
  /** Tests must pass before the node is published. */
  readonly gated: boolean;
  /** The run's instant: the clock of snapshots and of microbatches. */
  readonly now: Date;
  readonly root: string;
  /** Ranges to build of microbatch models, and prediction times to build anew, instead of what is due. */
  readonly eventTime?: { readonly start?: Date; readonly end?: Date };
  readonly nodes: ReadonlyMap<string, RenderedNode>;
  /** What the node reads and how it falls into parts, where its declaration says. */
  readonly inputs?: readonly PartInput[];
  /** Past prediction times that late rows would change are replaced, not only told. */
  readonly restate: boolean;
}

/** A node's statements, hooks excluded, or what stands against them. */
export type Materialized =
  | {
      readonly ok: true;
      readonly action: Action;
      readonly statements: readonly Statement[];
      /** See `NodeStep`; engines with transactions need neither. */
      readonly publish?: readonly Statement[];
      readonly cleanUp?: readonly Statement[];
      readonly late?: LateReport;
      /** Schemas that the statements write to, besides the node's own. */
      readonly schemas?: readonly string[];
    }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

export type Materialize = (context: MaterializeContext) => Materialized;
