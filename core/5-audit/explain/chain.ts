import type { Formula } from '../symbolic/formula.ts';

/** x - y <= c */
export type Step = Formula & { readonly kind: 'le' };

/** Comparisons in a row, each beginning where the one before ends. */
export interface Chain {
  readonly steps: readonly Step[];
  /** It leads back to where it began; else the way back is how its beginning is computed. */
  readonly closed: boolean;
}

/**
 * Comparisons that lead on to one another, ending with "known only after the prediction time"; undefined when the
 * conditions say more than that. `a IS NULL OR p < a` counts as its comparison: a row whose availability is NULL is
 * never known.
 *
 * @param unknown that the row was not known at the prediction time
 */
export function chainOf(core: readonly Formula[], unknown: Formula): Chain | undefined {
  const steps: Step[] = [];
  for (const item of core) {
    const le = item.kind === 'or' && item === unknown ? item.items.find((part) => part.kind === 'le') : item;
    if (le?.kind === 'le') steps.push(le);
    else if (item.kind !== 'bool') return undefined;
  }
  const last = steps.find((step) => step.x === 1);
  if (last === undefined) return undefined;
  const ordered: Step[] = [last];
  // Backwards from the prediction time.
  for (;;) {
    const from: number = ordered[0]?.x ?? 1;
    const before = steps.find((step) => step.y === from && !ordered.includes(step));
    if (before === undefined) break;
    ordered.unshift(before);
  }
  if (ordered.length !== steps.length || steps.length < 2) return undefined;
  return { steps: ordered, closed: ordered[0]?.x === last.y };
}
