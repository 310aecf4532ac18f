import { join } from 'node:path';
import { type AuditJson, auditProject, type Diagnostic } from '#core';
import { jsonText, writeWhole } from '#ops';
import type { Context } from './command.ts';
import { type Opened, type ProjectContext, tell } from './session.ts';
import { targetFolder } from './target-folder.ts';

/** Proves the audited models; the outcome also goes to target/audit.json. */
export async function prove(
  context: ProjectContext & Pick<Context, 'emit'>,
  { project, rendered, graph, bound }: Opened,
  models: ReadonlySet<string>,
): Promise<AuditJson> {
  if (bound === undefined) throw new Error('an audit needs a bound project');
  const input = { rendered, graph, bound, policy: project.policy };
  const report: AuditJson & { readonly diagnostics?: readonly Diagnostic[] } = await auditProject(input, {
    models,
  });
  const { diagnostics = [], ...audit } = report;
  writeWhole(join(targetFolder(project), 'audit.json'), jsonText(audit));
  tell(context, project, diagnostics);
  return audit;
}
