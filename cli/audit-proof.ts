import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type AuditJson,
  type AuditReport,
  auditProject,
  blockingResults,
  explainColumn,
  loadAuditRules,
  reportCli,
  VerdictCache,
} from '#core';
import { jsonText, writeWhole } from '#ops';
import type { Context } from './command.ts';
import { brokenFacts } from './fact-record.ts';
import { fail } from './failures.ts';
import type { ProjectContext } from './project-context.ts';
import type { Opened } from './session.ts';
import { targetFolder } from './target-folder.ts';
import { tell } from './tell.ts';

/** Proves the audited models; the outcome also goes to target/audit.json. */
export async function prove(
  context: ProjectContext & Pick<Context, 'emit'>,
  opened: Opened,
  models: ReadonlySet<string>,
): Promise<{ readonly audit: AuditJson; readonly report: AuditReport }> {
  const report = await verdicts(opened, models);
  const { diagnostics, ...audit } = report;
  writeWhole(join(targetFolder(opened.project), 'audit.json'), jsonText(audit));
  tell(context, opened.project, diagnostics);
  return { audit, report };
}

/** Refuted models among those about to be built, unless the policy warns only or somebody signed a waiver. */
export async function refutedModels(
  opened: Opened,
  selected: ReadonlySet<string>,
): Promise<ReturnType<typeof blockingResults>> {
  const audited = [...opened.rendered.nodes.values()].filter(
    ({ uniqueId, pointInTime }) => pointInTime !== undefined && selected.has(uniqueId),
  );
  if (audited.length === 0) return [];
  const { results } = await verdicts(opened, new Set(audited.map(({ uniqueId }) => uniqueId)));
  return blockingResults(results).filter(({ verdict }) => verdict === 'REFUTED');
}

/** One column's card, then its proof or witness step by step. */
export async function explanation(opened: Opened, name: string): Promise<string> {
  const text = await explainColumn(inputOf(opened), name, { broken: brokenOf(opened) });
  return text ?? fail(reportCli('CH931', { name }));
}

/** Verdicts of unchanged models come from target/.cache. */
export async function verdicts(opened: Opened, models: ReadonlySet<string>): Promise<AuditReport> {
  const file = join(targetFolder(opened.project), '.cache', 'audit.json');
  const cache = new VerdictCache(textOf(file));
  const { rules, diagnostics } = loadAuditRules(opened.project);
  const broken = brokenOf(opened);
  const report = await auditProject(
    { ...inputOf(opened), rules },
    { models, cache, broken, faults: 'report' },
  );
  const text = cache.serialize();
  if (text !== undefined) writeWhole(file, text);
  return { ...report, diagnostics: [...diagnostics, ...report.diagnostics] };
}

function brokenOf({ project }: Opened) {
  return brokenFacts(targetFolder(project), project.target.name);
}

function inputOf({ project, rendered, graph, bound }: Opened) {
  if (bound === undefined) throw new Error('an audit needs a bound project');
  return { rendered, graph, bound, policy: project.policy, prediction: project.prediction };
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
