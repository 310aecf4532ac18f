export { auditProject } from './audit-project.ts';
// By star: the bundler then knows that who asks for these asks for nothing else of this folder.
export * from './blocking.ts';
export { card } from './explain/card.ts';
export { explainColumn } from './explain/explain.ts';
export type { AuditInput } from './input.ts';
export {
  auditOnData,
  type DataRow,
  type OnDataOptions,
  type OnDataProgress,
} from './on-data/audit-on-data.ts';
export type { AuditOptions } from './options.ts';
export {
  type AuditJson,
  type AuditReport,
  type AuditResult,
  type AuditSummary,
  type JsonValue,
  type KnownAtReport,
  type ReportPlace,
  ROWS,
  type RuleFinding,
  type Verdict,
  type WindowReport,
  type WitnessReport,
} from './report.ts';
export { VerdictCache } from './verdict-cache.ts';
export { type BrokenFact, factsOfTest, withdrawFromReport } from './withdraw.ts';
