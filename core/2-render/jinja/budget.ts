/** How much one template may do before it is stopped; generous beyond any sane model. */
export interface Budget {
  /** Iterations of all loops of one rendering. */
  readonly iterations: number;
  /** Macro calls within macro calls. */
  readonly depth: number;
  /** Characters printed. */
  readonly outputLength: number;
}

export const defaultBudget: Budget = { iterations: 1_000_000, depth: 100, outputLength: 32 * 1024 * 1024 };
