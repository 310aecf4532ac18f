import type { Action } from './actions.ts';
import { type CheckpointTools, latestCheckpoint, readCheckpoint } from './checkpoint.ts';
import type { DeltaStore } from './store.ts';
import { noTable, replay, type TableState } from './table-state.ts';

export function commitPath(version: number): string {
  return `_delta_log/${String(version).padStart(20, '0')}.json`;
}

export function commitText(actions: readonly Action[]): string {
  return actions.map((action) => `${JSON.stringify(action)}\n`).join('');
}

export async function readCommit(store: DeltaStore, version: number): Promise<readonly Action[]> {
  return parseActions(await store.read(commitPath(version)));
}

export function parseActions(text: string): readonly Action[] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as Action);
}

/** Commits read at a time. */
const readers = 8;

/**
 * Replays the newest checkpoint and all commits after it.
 *
 * @returns undefined when commits are missing, or are in a checkpoint of a kind that is not read here
 */
export async function readTable(store: DeltaStore, tools: CheckpointTools): Promise<TableState | undefined> {
  const names = await store.list('_delta_log');
  const checkpoint = latestCheckpoint(names);
  let state =
    checkpoint === undefined
      ? noTable
      : replay(noTable, checkpoint.version, await readCheckpoint(store, checkpoint, tools));
  const versions = names
    .filter((name) => /^\d{20}\.json$/.test(name))
    .map((name) => Number(name.slice(0, 20)))
    .filter((version) => version > state.version)
    .sort((a, b) => a - b);
  const first = state.version + 1;
  if (versions.some((version, index) => version !== first + index)) return undefined;
  for (let at = 0; at < versions.length; at += readers) {
    const some = versions.slice(at, at + readers);
    const commits = await Promise.all(some.map((version) => readCommit(store, version)));
    for (const [index, actions] of commits.entries())
      state = replay(state, some[index] ?? state.version, actions);
  }
  return state;
}
