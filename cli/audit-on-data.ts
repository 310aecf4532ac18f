import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type AuditJson, auditOnData, type DataRow, EngineError, reportCli } from '#core';
import { jsonText, writeWhole } from '#ops';
import type { Context } from './command.ts';
import { exitCodes } from './exit-codes.ts';
import { fail } from './failures.ts';
import type { Opened } from './session.ts';
import { openTarget } from './target.ts';
import { targetFolder } from './target-folder.ts';

export interface OnDataChoice {
  /** unique_ids of models. */
  readonly models?: ReadonlySet<string>;
  /** Prediction times per model. */
  readonly samples?: number;
}

/** Rebuilds the audited models from what was known and compares; the outcome also goes to target/audit-on-data.json. */
export async function checkOnData(
  context: Pick<Context, 'emit' | 'signal'>,
  { project, rendered, graph, bound }: Opened,
  choice: OnDataChoice,
): Promise<AuditJson> {
  if (bound === undefined) throw new Error('an audit needs a bound project');
  // DuckDB attaches the scratch database only to one that may be written to.
  const adapter = await openTarget(project);
  mkdirSync(targetFolder(project), { recursive: true });
  const scratch = mkdtempSync(join(targetFolder(project), '.audit.'));
  const interrupt = () => adapter.main.interrupt();
  context.signal.addEventListener('abort', interrupt);
  let begun = performance.now();
  let open: { name: string; index: number; total: number } | undefined;
  const finish = (status: 'done' | 'failed') => {
    if (open === undefined) return;
    context.emit({ type: 'step-end', ...open, seconds: (performance.now() - begun) / 1000, status });
    open = undefined;
  };
  try {
    const audit = await auditOnData(
      { rendered, graph, bound, policy: project.policy },
      {
        models: choice.models,
        samples: choice.samples,
        scratch: join(scratch, 'rebuild.duckdb'),
        execute: async (sql): Promise<readonly DataRow[]> => {
          const { columns, rows } = await adapter.main.query(sql);
          return rows.map((row) =>
            Object.fromEntries(columns.map(({ name }, at) => [name, row[at] ?? null])),
          );
        },
        onProgress: ({ predictionTime, index, total }) => {
          finish('done');
          begun = performance.now();
          open = { name: `as of ${predictionTime}`, index, total };
          context.emit({ type: 'step-start', ...open });
        },
      },
    );
    finish('done');
    writeWhole(join(targetFolder(project), 'audit-on-data.json'), jsonText(audit));
    return audit;
  } catch (error) {
    finish('failed');
    if (!(error instanceof EngineError) || context.signal.aborted) throw error;
    const own = error.info.kind === 'statement';
    fail(reportCli('CH917', { problem: error.message }), own ? exitCodes.failed : exitCodes.engine);
  } finally {
    context.signal.removeEventListener('abort', interrupt);
    await adapter.close();
    rmSync(scratch, { recursive: true, force: true });
  }
}
