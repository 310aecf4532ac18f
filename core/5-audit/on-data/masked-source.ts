import type { RenderedSource } from '../../2-render/index.ts';
import type { BoundColumn } from '../../4-bind/index.ts';
import { quoteName, quoteRelation } from '../quote.ts';

/**
 * The source as it was known at `moment` (a SQL literal): rows with a later or NULL availability are left out;
 * cells with an availability of their own that is later or NULL, and cells declared `never`, read as NULL.
 * A source without `available_at` passes unmasked: see {@link isMasked}.
 */
export function maskedSource(
  source: RenderedSource,
  columns: readonly BoundColumn[],
  moment: string,
  database?: string,
): string {
  const cells = new Map(
    source.table.columns.map((column) => [column.name.toLowerCase(), column.availableAt?.value]),
  );
  const select = columns.map(({ name, type }) => {
    const column = quoteName(name);
    const availability = cells.get(name.toLowerCase());
    if (availability === undefined) return column;
    if (isNever(availability)) return `cast(null as ${type}) as ${column}`;
    return `case when (${availability}) <= ${moment} then ${column} end as ${column}`;
  });
  const row = source.table.availableAt?.value;
  const where = row === undefined ? '' : ` where ${isNever(row) ? 'false' : `(${row}) <= ${moment}`}`;
  return `select ${select.join(', ')} from ${quoteRelation(source.relation, database)}${where}`;
}

/** Whether the source says from when its rows are known. */
export function isMasked(source: RenderedSource): boolean {
  return source.table.availableAt !== undefined;
}

export function isNever(availability: string): boolean {
  return availability.trim().toLowerCase() === 'never';
}
