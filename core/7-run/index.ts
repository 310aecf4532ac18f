export type {
  Adapter,
  DatabaseState,
  ExistingRelation,
  OpenResult,
  Rows,
  Scalar,
  Session,
} from './adapters/adapter.ts';
export type {
  BooleanColumn,
  ColumnTable,
  NumberColumn,
  TextColumn,
  TimestampColumn,
  TypedColumn,
} from './adapters/duckdb/column-table.ts';
export type { DuckDbAdapter } from './adapters/duckdb/duckdb-adapter.ts';
export { databasePath, type OpenDuckDbOptions, openDuckDb } from './adapters/duckdb/open.ts';
export { duckdbPlanner } from './adapters/duckdb/planner.ts';
export { type ColumnSource, type ReadColumnsOptions, readColumns } from './adapters/duckdb/read-columns.ts';
export type { DuckDbSession } from './adapters/duckdb/session.ts';
export { copyToParquet, publishColumns, writeColumns } from './adapters/duckdb/write-columns.ts';
export { EngineError, type EngineErrorInfo, type EngineErrorKind } from './adapters/engine-error.ts';
export { type OpenFabricOptions, openFabric } from './adapters/fabric/open.ts';
export { type PreparedFabric, type PrepareFabric, prepareFabric } from './adapters/fabric/prepare.ts';
export { type CopyToDuckDb, copyToDuckDb } from './adapters/remote/copy-to-duckdb.ts';
export { type OpenSparkOptions, openSpark } from './adapters/spark/open.ts';
export { type PreparedSpark, type PrepareSpark, prepareSpark } from './adapters/spark/prepare.ts';
export { buildCatalog } from './artifacts/catalog.ts';
export { buildManifest } from './artifacts/manifest.ts';
export { type Invocation, newInvocation } from './artifacts/metadata.ts';
export { buildRunResults, type RunArguments } from './artifacts/run-results.ts';
export { writeArtifacts, writeFileWhole } from './artifacts/write.ts';
export {
  type ColumnDifference,
  compareRows,
  type RowComparison,
  type RowsToCompare,
} from './compare/compare-rows.ts';
export { isUrl } from './delta/azure/location.ts';
export { type DeltaPlace, openDeltaPlace } from './delta/open-store.ts';
export { type Published, type PublishOptions, publishDelta } from './delta/publish.ts';
export { type DeltaStore, folderStore } from './delta/store.ts';
export {
  type DeployedProject,
  type Deployment,
  type DeploymentFile,
  planDeployment,
} from './deploy/plan-deployment.ts';
export { diagnoseFabricOpening, diagnoseOpening, diagnosePlace, diagnoseSparkOpening } from './diagnose.ts';
export type * from './events.ts';
export { type ExecuteOptions, executeRun } from './execute/execute-run.ts';
export type { RunOutcome } from './execute/outcome.ts';
export { exitCodeOf, runExitCode } from './exit-code.ts';
export type { EnginePlanner } from './plan/engine-planner.ts';
export type { Materialize, MaterializeContext, Materialized } from './plan/materialization.ts';
export {
  countNodes,
  formatPlan,
  type NodeStep,
  type RunPlan,
  type Statement,
  type Step,
  type TestStep,
} from './plan/plan.ts';
export { type PlanOptions, type PlanResult, planRun, type RunCommand } from './plan/plan-run.ts';
export { preview } from './preview.ts';
export { runUnitTests, type UnitTestInput, type UnitTestResult } from './unit-tests/run-unit-tests.ts';
