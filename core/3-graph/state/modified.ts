import type { Fingerprint } from './fingerprint.ts';

/** The sides of a node that `state:modified.<aspect>` can ask for; dbt's names. */
export const aspects = [
  'body',
  'configs',
  'contract',
  'relation',
  'persisted_descriptions',
  'macros',
] as const;

export type Aspect = (typeof aspects)[number];

/** One reason why a node counts as modified, in words for people. */
export interface Change {
  readonly aspect: Aspect;
  readonly reason: string;
}

/**
 * Why a node differs from what it was; empty when it means the same.
 *
 * @example
 * explainChanges(before, after) // [{ aspect: 'body', reason: 'macro `cents` changed' }]
 */
export function explainChanges(
  before: Fingerprint,
  after: Fingerprint,
  persistDescription = false,
): Change[] {
  const changes: Change[] = [];
  const macros = changedKeys(before.macros, after.macros);
  if (before.body !== after.body) {
    const names = macros.map((id) => `\`${id.split('.').pop()}\``);
    if (before.raw !== after.raw) changes.push({ aspect: 'body', reason: 'its SQL changed' });
    else if (names.length > 0) {
      changes.push({ aspect: 'body', reason: `macro ${names.join(', ')} changed` });
    } else changes.push({ aspect: 'body', reason: 'a variable or a model it inlines changed its SQL' });
  }
  if (before.body !== after.body) {
    for (const id of macros)
      changes.push({ aspect: 'macros', reason: `macro \`${id.split('.').pop()}\` changed` });
  }
  for (const key of changedKeys(before.configs, after.configs)) {
    changes.push({ aspect: 'configs', reason: `config \`${key}\` changed` });
  }
  if (before.contract !== after.contract) {
    changes.push({ aspect: 'contract', reason: 'its contract changed' });
  }
  if (before.relation !== after.relation) {
    changes.push({ aspect: 'relation', reason: 'its database, schema or alias changed' });
  }
  if (persistDescription && before.description !== after.description) {
    changes.push({ aspect: 'persisted_descriptions', reason: 'its description changed' });
  }
  return changes;
}

function changedKeys(
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): string[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keys].filter((key) => before[key] !== after[key]).sort();
}
