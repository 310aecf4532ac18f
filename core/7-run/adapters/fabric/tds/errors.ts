import { EngineError, type EngineErrorKind } from '../../engine-error.ts';

/** What an error of the driver or the server means for a run. */
export interface Failure {
  readonly error: EngineError;
  /** The connection cannot be used any more; whether the statement was carried out is not known. */
  readonly lost: boolean;
  /** Trying again may help. */
  readonly transient: boolean;
  /** The server refused before it did anything. */
  readonly refused: boolean;
}

interface Rule {
  readonly numbers: readonly number[];
  readonly kind: EngineErrorKind;
  readonly transient: boolean;
  readonly refused?: boolean;
  /** Where Microsoft documents the numbers. */
  readonly source: string;
}

const sqlClient =
  'learn.microsoft.com/dotnet/api/microsoft.data.sqlclient.sqlconfigurableretryfactory (baseline transient errors)';

/** Errors of the server by number. */
export const serverErrors: readonly Rule[] = [
  {
    numbers: [24556, 24706],
    kind: 'conflict',
    transient: true,
    source:
      'learn.microsoft.com/fabric/data-warehouse/troubleshoot-fabric-data-warehouse (write-write conflicts)',
  },
  // Snapshot conflicts and deadlocks as SQL Server numbers them.
  { numbers: [3960, 3961, 1205, 1222], kind: 'conflict', transient: true, source: sqlClient },
  {
    numbers: [24801],
    kind: 'connection',
    transient: true,
    refused: true,
    source: 'learn.microsoft.com/fabric/data-warehouse/compute-capacity-smoothing-throttling',
  },
  {
    numbers: [40501, 10928, 10929, 49918, 49919, 49920, 4060, 4221, 40613, 42108, 42109],
    kind: 'connection',
    transient: true,
    refused: true,
    source: sqlClient,
  },
  { numbers: [40197, 40143, 40540], kind: 'connection', transient: true, source: sqlClient },
  {
    numbers: [18456, 18452, 18470, 18488, 40532, 916],
    kind: 'access',
    transient: false,
    source: 'learn.microsoft.com/sql/relational-databases/errors-events/database-engine-events-and-errors',
  },
];

/** Errors of the driver by code; `ESOCKET` and its like mean that the way to the server is broken. */
const driverCodes: Readonly<Record<string, readonly [EngineErrorKind, 'lost' | 'kept']>> = {
  ECANCEL: ['interrupted', 'kept'],
  ELOGIN: ['access', 'lost'],
  EFEDAUTH: ['access', 'lost'],
  ESOCKET: ['connection', 'lost'],
  ECLOSE: ['connection', 'lost'],
  ECONNCLOSED: ['connection', 'lost'],
  ECONNRESET: ['connection', 'lost'],
  ECONNREFUSED: ['connection', 'lost'],
  EINVALIDSTATE: ['connection', 'lost'],
  EINSTLOOKUP: ['connection', 'lost'],
  ETIMEOUT: ['connection', 'lost'],
};

interface Thrown {
  readonly code?: string;
  readonly number?: number;
  readonly message?: string;
  readonly class?: number;
  readonly errors?: readonly unknown[];
}

/** Judges what the driver throws; secrets are taken out of its words. */
export function failureOf(thrown: unknown, secrets: readonly string[]): Failure {
  const [first = thrown] = (thrown as Thrown | undefined)?.errors ?? [];
  const { code = '', number, message = String(first), class: severity = 0 } = (first ?? {}) as Thrown;
  const text = secrets.reduce((words, secret) => words.replaceAll(secret, '***'), message).trim();
  const rule =
    number === undefined ? undefined : serverErrors.find(({ numbers }) => numbers.includes(number));
  const [kind, way] = driverCodes[code] ?? [];
  const lost = way === 'lost' || severity >= 20;
  const found = rule?.kind ?? kind ?? (severity >= 20 ? 'connection' : 'statement');
  const words = number === undefined ? text : `${text} (${number})`;
  return {
    error: new EngineError({
      kind: found,
      message: words.slice(0, 1000),
      fatal: found === 'connection' || found === 'access',
    }),
    lost,
    transient: rule?.transient ?? found === 'connection',
    refused: rule?.refused ?? false,
  };
}
