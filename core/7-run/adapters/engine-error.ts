/** What went wrong in an engine, as far as the run's behaviour depends on it. */
export type EngineErrorKind =
  | 'locked'
  | 'corrupt'
  | 'permission'
  | 'disk-full'
  | 'out-of-memory'
  /** The engine has given up: every later statement would fail. */
  | 'fatal'
  | 'option'
  /** The optional package that speaks to the engine is not installed. */
  | 'driver'
  /** The engine compares texts in another way than DuckDB. */
  | 'collation'
  /** An engine over the network does not answer, in spite of retries. */
  | 'connection'
  /** The engine's session has ended; what it was doing may or may not have been done. */
  | 'session-lost'
  /** The engine refuses who asks. */
  | 'access'
  | 'interrupted'
  /** Another transaction changed the same thing first; trying again may work. */
  | 'conflict'
  | 'missing-file'
  | 'broken-file'
  /** The statement itself: syntax, names, types, a value that cannot be converted, a constraint. */
  | 'statement';

export interface EngineErrorInfo {
  readonly kind: EngineErrorKind;
  /** The engine's words, without its decoration. */
  readonly message: string;
  /** UTF-16 offset in the failing statement. */
  readonly position?: number;
  /** Process that holds the lock. */
  readonly pid?: number;
  /** Data file and line (from 1) at fault. */
  readonly file?: string;
  readonly line?: number;
  /** The engine can run no further statement, whatever the kind. */
  readonly fatal: boolean;
}

/** The only error an adapter rejects with. */
export class EngineError extends Error {
  override readonly name = 'EngineError';

  constructor(readonly info: EngineErrorInfo) {
    super(info.message);
  }
}
