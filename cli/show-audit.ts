import { type AuditJson, blockingFindings, blockingResults } from '#core';
import { auditText } from './audit-text.ts';
import type { Context } from './command.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { checksOfAudit } from './formats/check.ts';
import { type Format, formatChecks } from './formats/index.ts';
import { painter } from './render/paint.ts';

/** What is shown of an audit besides its outcome. */
export interface AuditShow {
  readonly format: Format | undefined;
  readonly onData: boolean;
  /** The project trains a model: that comes next. */
  readonly trains: boolean;
}

/** Writes an audit in the format asked for, and what to type next. @returns 1 when something stops a merge */
export function showAudit(context: Omit<Context, 'flags'>, outcome: AuditJson, show: AuditShow): ExitCode {
  const verbatim = { ...outcome } as unknown as Readonly<Record<string, never>>;
  context.emit({
    type: 'data',
    text:
      show.format === undefined
        ? auditText(outcome, {
            paint: painter(context.color && process.stdout.isTTY === true),
            verbose: context.verbose,
          })
        : show.format === 'json'
          ? JSON.stringify(outcome, null, 2)
          : formatChecks(show.format, checksOfAudit(outcome)),
    records: [verbatim],
  });
  const stops = blockingResults(outcome.results).length + blockingFindings(outcome.findings).length;
  context.emit({
    type: 'next',
    commands:
      stops > 0
        ? ['churn audit --verbose']
        : [...(show.onData ? [] : ['churn audit --on-data']), ...(show.trains ? ['churn train'] : [])],
  });
  return stops > 0 ? exitCodes.failed : exitCodes.done;
}
