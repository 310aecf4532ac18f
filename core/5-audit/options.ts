import type { VerdictCache } from './verdict-cache.ts';
import type { BrokenFact } from './withdraw.ts';

/** How hard the audit tries. */
export interface AuditOptions {
  /** unique_ids of the models to audit; all with a `point_in_time` by default. */
  readonly models?: ReadonlySet<string>;
  /** Verdicts of earlier runs: a model whose content is known is not proved again. */
  readonly cache?: VerdictCache;
  /** Search steps per obligation, after which it is UNPROVEN; 3000 by default. */
  readonly budget?: number;
  /** Random databases tried per model when the solver's own witness does not replay; 120 by default. */
  readonly attempts?: number;
  /** Whether counterexamples are looked for at all; without, what is not proved is UNPROVEN. True by default. */
  readonly witnesses?: boolean;
  /** Declared facts that the data is known to break: proofs that rest on them are withdrawn. */
  readonly broken?: readonly BrokenFact[];
  /** `report`: a fault of the prover makes a column UNPROVEN and is told (CH507); by default it is thrown. */
  readonly faults?: 'throw' | 'report';
  /** `2026-11-23`: which waivers have expired; today by default. */
  readonly today?: string;
}
