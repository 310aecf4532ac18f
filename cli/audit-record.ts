import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type AuditJson, type Diagnostic, type FilesRead, type ProjectStamp, stampHolds } from '#core';
import { FACTS } from './facts-file.ts';
import type { ProjectContext } from './project-context.ts';

/** Hash of everything that the bundle was made from; sources run by tests have none, and keep no records. */
declare const CHURN_BUILD: string | undefined;

/** Bumped whenever the record's shape changes. */
const format = 1;

/** An audit of the whole project, and all that it was made from. */
export interface AuditRecord {
  readonly key: string;
  readonly stamp: ProjectStamp;
  /** Environment variables that templates read, by name: hashes of their values, null where one was not set. */
  readonly environment: readonly (readonly [name: string, hash: string | null])[];
  readonly located: readonly FilesRead[];
  /** The target folder, where the facts lie that the data broke; and their text. */
  readonly folder: string;
  readonly facts: string | null;
  readonly told: RecalledAudit;
}

/** An audit as it was made, for an unchanged project. */
export interface RecalledAudit {
  readonly audit: AuditJson;
  /** Told when the project was opened, then when it was audited. */
  readonly diagnostics: readonly (readonly Diagnostic[])[];
  readonly trains: boolean;
  /** Absolute. */
  readonly folder: string;
}

/**
 * The last audit of the whole project, if it would come out the same today: the same build of churn, flags, files,
 * environment, broken facts and date. It is judged without reading YAML, rendering, binding or DuckDB.
 */
export async function recallAudit(context: ProjectContext, root: string): Promise<RecalledAudit | undefined> {
  const key = keyOf(context);
  if (key === undefined) return undefined;
  try {
    const record = JSON.parse(readFileSync(recordFile(context, root), 'utf8')) as AuditRecord;
    const holds =
      record.key === key &&
      record.facts === factsIn(record.folder) &&
      record.environment.every(([name, hash]) => hashOf(context.env[name]) === hash) &&
      stampHolds(root, record.stamp) &&
      (record.located.length === 0 || (await import('./located.ts')).areUnchanged(record.located, root));
    return holds ? record.told : undefined;
  } catch {
    return undefined;
  }
}

/** What was asked, by which build, on which day: waivers expire. Undefined where there is no build to be named. */
export function keyOf({ flags }: ProjectContext): string | undefined {
  if (typeof CHURN_BUILD === 'undefined') return undefined;
  const { target, vars, targetPath, warnError } = flags;
  const asked = { target, vars, targetPath, warnError };
  const today = new Date().toISOString().slice(0, 10);
  return JSON.stringify([format, CHURN_BUILD, process.version, process.arch, today, asked]);
}

/** Beside the other caches: where they are before the project file is read. */
export function recordFile({ flags }: ProjectContext, root: string): string {
  return join(resolve(root, flags.targetPath ?? 'target'), '.cache', 'audited.json');
}

export function factsIn(folder: string): string | null {
  try {
    return readFileSync(join(folder, FACTS), 'utf8');
  } catch {
    return null;
  }
}

/** Values may be secrets. */
export function hashOf(value: string | undefined): string | null {
  return value === undefined ? null : createHash('sha256').update(value).digest('hex');
}
