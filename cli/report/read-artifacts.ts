import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type AuditJson, withdrawFromReport } from '#core';
import { brokenFacts } from '../fact-record.ts';
import type { ReportAudit, ReportBuild } from './report-data.ts';

/** The proof as the report shows it, else the check on data; undefined before the first audit. */
export function readAudit(targetPath: string, target: string): ReportAudit | undefined {
  const written =
    readJson<AuditJson>(join(targetPath, 'audit.json')) ??
    readJson<AuditJson>(join(targetPath, 'audit-on-data.json'));
  if (written === undefined) return undefined;
  const audit = withdrawFromReport(written, brokenFacts(targetPath, target));
  const { summary, check } = audit;
  const tags: ReportAudit['summary'] = [
    { name: 'proved', value: summary.proved, tone: 'good' },
    { name: 'unchanged', value: summary.unchanged ?? 0, tone: 'good' },
    { name: 'refuted', value: summary.refuted, tone: 'bad' },
    { name: 'unproven', value: summary.unproven, tone: 'warn' },
    { name: 'waived', value: summary.waived, tone: 'warn' },
  ];
  return {
    method:
      check === 'on-data'
        ? 'Every audited model was rebuilt at sampled prediction times from only what was known then, and compared with the full build row by row: evidence, not proof.'
        : 'Every feature column was proved to be knowable at its prediction time, for every database the declarations allow. A proof is withdrawn while the data breaks a declaration it rests on.',
    summary: tags.filter(({ value }) => value > 0),
    findings: audit.results
      .filter(({ verdict }) => verdict === 'REFUTED' || verdict === 'UNPROVEN')
      .map(({ model, column, verdict, reason }) => ({
        what: `${model}.${column}`,
        verdict,
        reason: reason ?? '',
      })),
  };
}

interface RunResults {
  readonly elapsed_time: number;
  readonly results: readonly {
    readonly unique_id: string;
    readonly status: string;
    readonly execution_time: number;
    readonly adapter_response: { readonly rows_affected?: number };
  }[];
}

/** target/run_results.json as the report shows it; undefined before the first build. */
export function readBuild(targetPath: string): ReportBuild | undefined {
  const run = readJson<RunResults>(join(targetPath, 'run_results.json'));
  if (run === undefined) return undefined;
  const count = (...statuses: readonly string[]) =>
    run.results.filter(({ status }) => statuses.includes(status)).length;
  return {
    seconds: run.elapsed_time,
    pass: count('success', 'pass', 'no-op'),
    warn: count('warn'),
    fail: count('fail', 'error'),
    skip: count('skipped'),
    nodes: run.results.map((result) => ({
      name: result.unique_id.split('.').slice(2).join('.'),
      kind: result.unique_id.split('.')[0] ?? '',
      status: result.status,
      seconds: result.execution_time,
      rows: result.adapter_response.rows_affected,
    })),
  };
}

function readJson<Value>(path: string): Value | undefined {
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Value) : undefined;
}
