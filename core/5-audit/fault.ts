/** A fault of the prover itself, met while one model or column was audited. */
export interface Fault {
  readonly model: string;
  readonly column?: string;
  readonly problem: string;
}

/** What an audit does when it meets a fault of its own: end, so that a test suite fails, or go on with the others. */
export class Faults {
  readonly found: Fault[] = [];

  constructor(readonly mode: 'throw' | 'report') {}

  /** Runs a part of the audit; `otherwise` says what is made of it when it fails. */
  async guard<T>(
    of: Omit<Fault, 'problem'>,
    run: () => T | Promise<T>,
    otherwise: (reason: string) => T,
  ): Promise<T> {
    try {
      return await run();
    } catch (error) {
      // What the machine refuses (a full disk, no more files) is no fault of the prover.
      const isSystem = (error as { readonly errno?: unknown } | undefined)?.errno !== undefined;
      if (this.mode === 'throw' || isSystem) throw error;
      const [problem = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
      this.found.push({ ...of, problem });
      return otherwise(`internal error, please report it: ${problem}`);
    }
  }
}
