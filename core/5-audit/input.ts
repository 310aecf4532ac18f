import type { ConfigValue, Located, PredictionConfig } from '../1-load/index.ts';
import type { LoadedRule, RenderedProject } from '../2-render/index.ts';
import type { Graph } from '../3-graph/index.ts';
import type { Bound } from '../4-bind/index.ts';

/** What the audit reads: the project as rendered, its DAG and its types. No data, no target. */
export interface AuditInput {
  readonly rendered: RenderedProject;
  readonly graph: Graph;
  readonly bound: Bound;
  /** audits/policy.yml as loaded. */
  readonly policy?: Located<ConfigValue>;
  /** `prediction:` of the project file: which label is trained on, and when it counts as known. */
  readonly prediction?: PredictionConfig;
  /** The project's own rules, from audits/*.ts. */
  readonly rules?: readonly LoadedRule[];
}
