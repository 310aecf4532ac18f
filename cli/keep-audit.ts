import { type AuditReport, filesRead, isRepeatable } from '#core';
import { writeWhole } from '#ops';
import { type AuditRecord, factsIn, hashOf, keyOf, recordFile } from './audit-record.ts';
import type { ProjectContext } from './project-context.ts';
import type { Opened } from './session.ts';
import { targetFolder } from './target-folder.ts';

/** What is to be known before an audit begins, so that what changes meanwhile is not missed. */
export interface AuditBegin {
  readonly key: string | undefined;
  readonly facts: string | null;
}

export function beginAudit(context: ProjectContext, { project }: Opened): AuditBegin {
  return { key: keyOf(context), facts: factsIn(targetFolder(project)) };
}

/** Keeps an audit of the whole project for `recallAudit`, unless something in it may differ the next time. */
export function keepAudit(
  context: ProjectContext,
  { project, rendered, stamp, diagnostics }: Opened,
  { diagnostics: found, ...audit }: AuditReport,
  begun: AuditBegin,
): void {
  const { outside } = rendered;
  if (begun.key === undefined || stamp === undefined || outside === undefined || outside.clock) return;
  const located = filesRead(rendered, project.root);
  const isRemote = located.some((read) => read.stamp === undefined);
  // A fault is to be met again.
  const isFaulty = found.some(({ code }) => code === 'CH507');
  if (isFaulty || isRemote || !isRepeatable(project, stamp.listing)) return;
  const folder = targetFolder(project);
  const trains = project.prediction !== undefined;
  const record: AuditRecord = {
    key: begun.key,
    stamp,
    environment: [...outside.environment].map(([name, value]) => [name, hashOf(value)]),
    located,
    folder,
    facts: begun.facts,
    told: { audit, diagnostics: [diagnostics, found], trains, folder },
  };
  writeWhole(recordFile(context, project.root), JSON.stringify(record));
}
