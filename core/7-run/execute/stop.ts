import { EngineError } from '../adapters/engine-error.ts';

export type StopReason = 'interrupted' | 'fail-fast' | 'engine lost';

/** The run's brake: once pulled, no statement starts and running ones are interrupted. */
export class Stop {
  #reason: StopReason | undefined;
  readonly #interrupt: () => void;

  constructor(interrupt: () => void) {
    this.#interrupt = interrupt;
  }

  get reason(): StopReason | undefined {
    return this.#reason;
  }

  pull(reason: StopReason): void {
    this.#reason ??= reason;
    this.#interrupt();
  }

  /** Throws what an interrupted statement would throw. */
  check(): void {
    if (this.#reason === undefined) return;
    throw new EngineError({ kind: 'interrupted', message: this.describe(), fatal: false });
  }

  describe(): string {
    switch (this.#reason) {
      case 'fail-fast':
        return 'stopped by --fail-fast; nothing of it was published';
      case 'engine lost':
        return 'the engine is lost; nothing of it was published';
      default:
        return 'interrupted; nothing of it was published';
    }
  }
}
