import type { MaterializeContext } from '../../plan/materialization.ts';

/** What a materialisation on an engine over the network knows besides: the node's SQL, translated. */
export interface TranslatedContext extends MaterializeContext {
  readonly select: string;
  /** The SQL with `is_incremental()` true, where it differs. */
  readonly incrementalSelect?: string;
  /** `engine`: a snapshot's instant is that at which its statements run, not the plan's. */
  readonly clock?: 'engine';
}
