import type { NodeResult } from '../events.ts';
import type { RunOutcome } from '../execute/outcome.ts';
import { artifactMetadata, type Invocation } from './metadata.ts';

export interface RunArguments {
  /** The command, under dbt's name `which`. */
  readonly which: string;
  readonly [name: string]: unknown;
}

/** `run_results.json` in dbt's shape v6: nodes and tests; sources only where their view could not be made. */
export function buildRunResults(outcome: RunOutcome, args: RunArguments, invocation: Invocation): object {
  const told = outcome.results.filter((result) => result.kind !== 'source' || result.status !== 'success');
  return {
    metadata: artifactMetadata('run-results/v6', invocation),
    results: told.map(resultEntry),
    elapsed_time: outcome.seconds,
    args,
  };
}

function resultEntry(result: NodeResult): object {
  const { diagnostics } = result;
  return {
    status: dbtStatus(result),
    timing: [
      { name: 'compile', started_at: result.startedAt, completed_at: result.startedAt },
      { name: 'execute', started_at: result.startedAt, completed_at: result.completedAt },
    ],
    thread_id: `Thread-${result.thread + 1}`,
    execution_time: result.seconds,
    adapter_response: {
      ...(result.rows === undefined ? {} : { rows_affected: result.rows }),
      ...(diagnostics.length === 0 ? {} : { churn_diagnostics: diagnostics.map(({ code }) => code) }),
    },
    message: result.message ?? null,
    failures: result.failures ?? null,
    unique_id: result.uniqueId,
    compiled: true,
    compiled_code: result.compiledSql ?? null,
    relation_name: result.relation ?? null,
  };
}

/** dbt knows `fail` for tests only; a model held back by its tests is an `error` there. */
function dbtStatus({ kind, status }: NodeResult): string {
  return status === 'fail' && kind !== 'test' ? 'error' : status;
}
