/** One line of a Delta commit, as far as this writer makes or reads them (Delta protocol: reader 1, writer 2). */
export interface Action {
  readonly commitInfo?: Readonly<Record<string, unknown>>;
  readonly protocol?: Protocol;
  readonly metaData?: MetaData;
  readonly add?: AddFile;
  readonly remove?: RemoveFile;
  readonly txn?: Transaction;
}

export interface Protocol {
  readonly minReaderVersion: number;
  readonly minWriterVersion: number;
}

export interface MetaData {
  readonly id: string;
  readonly name?: string;
  readonly format: { readonly provider: 'parquet'; readonly options: Readonly<Record<string, string>> };
  /** The schema as JSON text. */
  readonly schemaString: string;
  readonly partitionColumns: readonly string[];
  readonly configuration: Readonly<Record<string, string>>;
  readonly createdTime: number;
}

export interface AddFile {
  /** Relative to the table's folder, percent-encoded. */
  readonly path: string;
  readonly partitionValues: Readonly<Record<string, string>>;
  readonly size: number;
  readonly modificationTime: number;
  readonly dataChange: boolean;
  /** Statistics as JSON text. */
  readonly stats?: string;
}

export interface RemoveFile {
  readonly path: string;
  readonly deletionTimestamp?: number;
  readonly dataChange: boolean;
}

/** How far an application that streams into the table has come. */
export interface Transaction {
  readonly appId: string;
  readonly version: number;
  readonly lastUpdated?: number;
}

export const ownProtocol: Protocol = { minReaderVersion: 1, minWriterVersion: 2 };
