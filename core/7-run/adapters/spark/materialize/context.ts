import type { MaterializeContext } from '../../../plan/materialization.ts';

/** What a materialisation on Spark knows besides: the node's SQL, translated. */
export interface SparkContext extends MaterializeContext {
  readonly select: string;
  /** The SQL with `is_incremental()` true, where it differs. */
  readonly incrementalSelect?: string;
}
