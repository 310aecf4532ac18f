import type { Diagnostic } from '../../diagnostics/index.ts';
import type { NodeResult } from '../events.ts';

/** What a run came to. */
export interface RunOutcome {
  /** One per node and test of the plan, in the order in which they ended. */
  readonly results: readonly NodeResult[];
  /** Problems of no single node: schemas, on-run hooks, a lost engine. */
  readonly diagnostics: readonly Diagnostic[];
  readonly seconds: number;
  readonly interrupted: boolean;
}
