import type { Action, MetaData, Protocol } from './actions.ts';
import type { DeltaStore } from './store.ts';

/** A table as its log says it is. */
export interface TableState {
  /** -1: there is no table. */
  readonly version: number;
  readonly metaData?: MetaData;
  readonly protocol?: Protocol;
  /** Paths of the files that make up the table. */
  readonly files: ReadonlySet<string>;
}

export function commitPath(version: number): string {
  return `_delta_log/${String(version).padStart(20, '0')}.json`;
}

export function commitText(actions: readonly Action[]): string {
  return actions.map((action) => `${JSON.stringify(action)}\n`).join('');
}

export async function readCommit(store: DeltaStore, version: number): Promise<readonly Action[]> {
  const text = await store.read(commitPath(version));
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as Action);
}

/**
 * Replays all commits.
 *
 * @returns undefined when commits are missing: another writer has put them into a checkpoint, which is not read here
 */
export async function readTable(store: DeltaStore): Promise<TableState | undefined> {
  const versions = (await store.list('_delta_log'))
    .filter((name) => /^\d{20}\.json$/.test(name))
    .map((name) => Number(name.slice(0, 20)))
    .sort((a, b) => a - b);
  if (versions.some((version, index) => version !== index)) return undefined;
  let metaData: MetaData | undefined;
  let protocol: Protocol | undefined;
  const files = new Set<string>();
  for (const version of versions) {
    for (const action of await readCommit(store, version)) {
      metaData = action.metaData ?? metaData;
      protocol = action.protocol ?? protocol;
      if (action.remove) files.delete(action.remove.path);
      if (action.add) files.add(action.add.path);
    }
  }
  return {
    version: versions.length - 1,
    files,
    ...(metaData && { metaData }),
    ...(protocol && { protocol }),
  };
}
