import type { RenderCache } from './cache/render-cache.ts';

/** Everything besides the project that rendering may depend on. */
export interface RenderOptions {
  /** Environment variables for `env_var`; the process's by default. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** `flags.FULL_REFRESH`. */
  readonly fullRefresh?: boolean;
  /** Start of the run, for `run_started_at`; now by default. */
  readonly startedAt?: Date;
  readonly invocationId?: string;
  /** What an earlier rendering left; what still holds of it is not rendered again. Filled for the next one. */
  readonly cache?: RenderCache;
  /** False: leave the data tests out, for who only wants to know models' relations. */
  readonly tests?: boolean;
  /** Receives what `print()` and `log(..., info=true)` say. */
  readonly onLog?: (message: string) => void;
}
