import { createHash } from 'node:crypto';

/**
 * A run's id: a hash of everything that decides its outcome. The same data and settings give the same id, so
 * that repeating a run replaces its folder instead of adding a copy.
 *
 * @example runId({ params: { num_leaves: 31 }, data: 'ab12' }) // '5f0c5f3a1c2e'
 */
export function runId(inputs: unknown): string {
  return createHash('sha256').update(canonical(inputs)).digest('hex').slice(0, 12);
}

/** JSON with the keys of every object in order, so that their order of writing does not matter. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
