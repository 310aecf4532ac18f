import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type BrokenFact, factsOfTest, type NodeResult } from '#core';
import { jsonText, writeWhole } from '#ops';
import { FACTS } from './facts-file.ts';
import type { Opened } from './session.ts';
import { targetFolder } from './target-folder.ts';

/** What the tests of declared facts found last, by target. */
interface FactRecord {
  readonly schema_version: 1;
  readonly targets: Readonly<Record<string, readonly BrokenFact[]>>;
}

/**
 * Notes which declared facts the data broke or kept in a run; facts that were not tested keep what was noted.
 *
 * @returns the facts that this run found broken
 */
export function recordFacts(opened: Opened, results: readonly NodeResult[]): readonly BrokenFact[] {
  const { project, graph } = opened;
  const now = new Map<string, BrokenFact | undefined>();
  for (const { uniqueId, status, failures, completedAt } of results) {
    const test = graph.nodes.get(uniqueId);
    if (test?.kind !== 'test' || !['pass', 'fail', 'warn'].includes(status)) continue;
    for (const fact of factsOfTest(test, graph.nodes)) {
      const broken = (failures ?? 0) > 0 || status === 'fail';
      if (broken) now.set(fact, { fact, failures: failures ?? 1, at: completedAt });
      else if (!now.has(fact)) now.set(fact, undefined);
    }
  }
  const found = [...now.values()].filter((one) => one !== undefined);
  if (now.size === 0) return found;
  const folder = targetFolder(project);
  const record = read(folder);
  const name = project.target.name;
  const before = record.targets[name] ?? [];
  const broken = [...before.filter(({ fact }) => !now.has(fact)), ...found];
  if (before.length === 0 && broken.length === 0) return found;
  mkdirSync(folder, { recursive: true });
  const next: FactRecord = { schema_version: 1, targets: { ...record.targets, [name]: broken } };
  writeWhole(join(folder, FACTS), jsonText(next));
  return found;
}

/** Declared facts that the data of a target broke when they were last tested. */
export function brokenFacts(folder: string, target: string): readonly BrokenFact[] {
  return read(folder).targets[target] ?? [];
}

function read(folder: string): FactRecord {
  const none: FactRecord = { schema_version: 1, targets: {} };
  const path = join(folder, FACTS);
  if (!existsSync(path)) return none;
  try {
    const found = JSON.parse(readFileSync(path, 'utf8')) as FactRecord;
    return found.schema_version === 1 ? found : none;
  } catch {
    return none;
  }
}
