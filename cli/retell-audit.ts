import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { jsonText, writeWhole } from '#ops';
import type { AuditContext } from './audit-flags.ts';
import type { RecalledAudit } from './audit-record.ts';
import type { ExitCode } from './exit-codes.ts';
import { findProject } from './find-project.ts';
import { showAudit } from './show-audit.ts';
import { tell } from './tell.ts';

/**
 * Says again what the last audit said, with the time that this one took.
 *
 * @param begun when this one began, by `performance.now()`
 */
export function retellAudit(context: AuditContext, recalled: RecalledAudit, begun: number): ExitCode {
  const { flags } = context;
  const { diagnostics, trains, folder } = recalled;
  const root = findProject(context.cwd, flags.projectDir);
  const text = (file: string): string | undefined => {
    try {
      return readFileSync(join(root, file), 'utf8');
    } catch {
      return undefined;
    }
  };
  const [opening = [], found = []] = diagnostics;
  tell(context, { text }, opening);
  const seconds = Math.round(performance.now() - begun) / 1000;
  const audit = { ...recalled.audit, summary: { ...recalled.audit.summary, seconds } };
  writeWhole(join(folder, 'audit.json'), jsonText(audit));
  tell(context, { text }, found);
  return showAudit(context, audit, { format: flags.format, onData: false, trains });
}
