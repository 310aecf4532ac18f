import type { Action, AddFile, MetaData, Protocol, RemoveFile, Transaction } from './actions.ts';

/** A table as its log says it is. */
export interface TableState {
  /** -1: there is no table. */
  readonly version: number;
  readonly metaData?: MetaData;
  readonly protocol?: Protocol;
  /** The files that make up the table, by path. */
  readonly files: ReadonlyMap<string, AddFile>;
  /** Files that older versions still need, by path. */
  readonly removed: ReadonlyMap<string, RemoveFile>;
  readonly transactions: ReadonlyMap<string, Transaction>;
}

export const noTable: TableState = {
  version: -1,
  files: new Map(),
  removed: new Map(),
  transactions: new Map(),
};

/** The table after the actions of one commit, or of a checkpoint. */
export function replay(before: TableState, version: number, actions: readonly Action[]): TableState {
  let { metaData, protocol } = before;
  const files = new Map(before.files);
  const removed = new Map(before.removed);
  const transactions = new Map(before.transactions);
  for (const action of actions) {
    metaData = action.metaData ?? metaData;
    protocol = action.protocol ?? protocol;
    if (action.remove) {
      files.delete(action.remove.path);
      removed.set(action.remove.path, action.remove);
    }
    if (action.add) {
      removed.delete(action.add.path);
      files.set(action.add.path, action.add);
    }
    if (action.txn) transactions.set(action.txn.appId, action.txn);
  }
  return {
    version,
    files,
    removed,
    transactions,
    ...(metaData && { metaData }),
    ...(protocol && { protocol }),
  };
}
