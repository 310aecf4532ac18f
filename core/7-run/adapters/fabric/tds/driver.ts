import { EngineError } from '../../engine-error.ts';

/** What is used of `tedious`; its own types would have to be installed where it is not. */
export interface Driver {
  readonly Connection: new (config: object) => DriverConnection;
  readonly Request: new (sql: string, callback: (error: unknown, rowCount?: number) => void) => DriverRequest;
}

export interface DriverConnection {
  connect(callback: (error?: unknown) => void): void;
  execSqlBatch(request: DriverRequest): void;
  cancel(): boolean;
  close(): void;
  on(event: 'error' | 'end', listener: (error?: unknown) => void): void;
  on(
    event: 'errorMessage',
    listener: (token: { readonly number: number; readonly message: string }) => void,
  ): void;
}

export interface DriverRequest {
  on(event: 'columnMetadata', listener: (columns: readonly DriverColumn[]) => void): void;
  on(event: 'row', listener: (cells: readonly { readonly value: unknown }[]) => void): void;
  on(event: 'done' | 'doneInProc', listener: (rowCount: number | undefined) => void): void;
  pause(): void;
  resume(): void;
}

export interface DriverColumn {
  readonly colName: string;
  readonly type: { readonly name: string };
  readonly precision?: number;
  readonly scale?: number;
}

/** How the driver is installed: the version that was tested. */
export const installDriver = 'npm install tedious@19.2.2';

/**
 * Loads the TDS driver, an optional peer of this package.
 *
 * @throws EngineError of kind `driver` when it is not installed
 */
export async function loadDriver(): Promise<Driver> {
  // Named by a variable: what is optional must not be resolved by compilers and bundlers.
  const name = 'tedious';
  try {
    const loaded = (await import(name)) as { readonly default?: Driver } & Driver;
    return loaded.default ?? loaded;
  } catch (thrown) {
    const message = thrown instanceof Error ? (thrown.message.split('\n')[0] ?? '') : String(thrown);
    throw new EngineError({ kind: 'driver', message, fatal: true });
  }
}
