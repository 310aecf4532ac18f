import type { Diagnostic } from '../diagnostics/index.ts';

export type NodeStatus = 'success' | 'pass' | 'warn' | 'fail' | 'error' | 'skipped' | 'no-op';

/** The outcome of one node; what run_results.json holds. */
export interface NodeResult {
  readonly uniqueId: string;
  readonly kind: 'model' | 'seed' | 'snapshot' | 'test' | 'source' | 'hook';
  readonly name: string;
  readonly status: NodeStatus;
  readonly seconds: number;
  readonly startedAt: string;
  readonly completedAt: string;
  readonly thread: number;
  /** Rows written, where the engine tells. */
  readonly rows?: number;
  /** Failing rows, for tests. */
  readonly failures?: number;
  readonly message?: string;
  readonly diagnostics: readonly Diagnostic[];
  readonly compiledSql?: string;
  readonly relation?: string;
}

/** What the runner says while it works. Renderers turn it into text, JSON lines or a live view. */
export type RunEvent =
  | { readonly type: 'run-start'; readonly total: number; readonly target: string; readonly threads: number }
  | {
      readonly type: 'node-start';
      readonly uniqueId: string;
      readonly name: string;
      readonly kind: NodeResult['kind'];
      readonly index: number;
      readonly total: number;
    }
  | { readonly type: 'node-end'; readonly result: NodeResult; readonly index: number; readonly total: number }
  | {
      readonly type: 'run-end';
      readonly results: readonly NodeResult[];
      readonly seconds: number;
      readonly interrupted: boolean;
    };

export type OnRunEvent = (event: RunEvent) => void;
