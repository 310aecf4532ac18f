import type { BoundColumn } from '../../../../4-bind/index.ts';
import type { Scalar } from '../../adapter.ts';
import type { Endpoint } from '../endpoint.ts';
import { duckdbType } from '../types.ts';
import type { Driver, DriverColumn, DriverConnection, DriverRequest } from './driver.ts';

export interface BatchResult {
  readonly columns: readonly BoundColumn[];
  readonly rows: readonly (readonly Scalar[])[];
  /** Rows written by the last statement that says so. */
  readonly written?: number;
}

/** Rows of a large result, one at a time; the server waits while the promise is pending. */
export type OnRow = (row: readonly Scalar[]) => undefined | Promise<void>;

/** One login. It carries out one batch at a time; after an error of the way to the server it is closed. */
export class TdsConnection {
  readonly #connection: DriverConnection;
  readonly #driver: Driver;
  #open = true;

  private constructor(driver: Driver, connection: DriverConnection) {
    this.#driver = driver;
    this.#connection = connection;
    const ended = () => {
      this.#open = false;
    };
    connection.on('end', ended);
    connection.on('error', ended);
  }

  /** Logs in; rejects with what the driver throws. */
  static open(driver: Driver, endpoint: Endpoint): Promise<TdsConnection> {
    const connection = new driver.Connection(configuration(endpoint));
    const opened = new TdsConnection(driver, connection);
    // The driver's error of a refused login has lost the server's number.
    let refusal: { readonly number: number; readonly message: string } | undefined;
    connection.on('errorMessage', (token) => {
      refusal ??= token;
    });
    return new Promise((resolve, reject) => {
      connection.connect((error) => {
        if (error === undefined || error === null) resolve(opened);
        else {
          connection.close();
          const { code } = error as { readonly code?: string };
          reject(refusal === undefined ? error : { code, number: refusal.number, message: refusal.message });
        }
      });
    });
  }

  get isOpen(): boolean {
    return this.#open;
  }

  /** Sends a batch; rejects with what the driver throws. */
  run(sql: string, onRow?: OnRow): Promise<BatchResult> {
    return new Promise((resolve, reject) => {
      let columns: readonly DriverColumn[] = [];
      const rows: (readonly Scalar[])[] = [];
      let written: number | undefined;
      let reading = Promise.resolve();
      const request: DriverRequest = new this.#driver.Request(sql, (error) => {
        // The last row may still be on its way to its reader.
        reading.then(() => {
          if (error !== undefined && error !== null) reject(error);
          else resolve({ columns: columns.map(boundColumn), rows, written });
        }, reject);
      });
      request.on('columnMetadata', (found) => {
        columns = found;
        rows.length = 0;
      });
      request.on('row', (cells) => {
        const row = cells.map(({ value }) => scalar(value));
        if (onRow === undefined) rows.push(row);
        else {
          const pending = onRow(row);
          if (pending === undefined) return;
          request.pause();
          reading = pending.finally(() => request.resume());
        }
      });
      const count = (rowCount: number | undefined) => {
        if (rowCount !== undefined) written = rowCount;
      };
      request.on('done', count);
      request.on('doneInProc', count);
      this.#connection.execSqlBatch(request);
    });
  }

  /** Tells the server to stop; the running batch rejects with the code ECANCEL. */
  cancel(): void {
    this.#connection.cancel();
  }

  close(): void {
    this.#open = false;
    this.#connection.close();
  }
}

/**
 * The driver's settings. Those of the session are left at what the warehouse has, which refuses `set transaction
 * isolation level` and the like; one is said: an error takes the whole transaction back.
 */
function configuration(endpoint: Endpoint): object {
  const asServer = Object.fromEntries(
    [
      'enableAnsiNull',
      'enableAnsiNullDefault',
      'enableAnsiPadding',
      'enableAnsiWarnings',
      'enableArithAbort',
      'enableConcatNullYieldsNull',
      'enableCursorCloseOnCommit',
      'enableImplicitTransactions',
      'enableNumericRoundabort',
      'enableQuotedIdentifier',
    ].map((name) => [name, null]),
  );
  return {
    server: endpoint.server,
    authentication: endpoint.authentication,
    options: {
      ...asServer,
      abortTransactionOnError: true,
      appName: 'churn',
      connectTimeout: endpoint.loginTimeout * 1000,
      database: endpoint.database,
      encrypt: endpoint.encrypt,
      // Retries are ours.
      maxRetriesOnTransientErrors: 0,
      port: endpoint.port,
      requestTimeout: endpoint.queryTimeout * 1000,
      trustServerCertificate: endpoint.trustServerCertificate,
      useUTC: true,
    },
  };
}

function boundColumn({ colName, type, precision, scale }: DriverColumn): BoundColumn {
  const decimal = /^(Decimal|Numeric)/.test(type.name) && precision !== undefined && scale !== undefined;
  return { name: colName, type: decimal ? `DECIMAL(${precision},${scale})` : duckdbType(type.name) };
}

function scalar(value: unknown): Scalar {
  if (value === null || value === undefined) return null;
  if (value instanceof Date) return value.toISOString().replace('T', ' ').replace('Z', '');
  if (Buffer.isBuffer(value)) return value.toString('hex');
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? value
    : String(value);
}
