import type { BoundColumn } from '../../4-bind/index.ts';
import type { TableNode } from '../model/catalog.ts';
import { isNever } from '../on-data/masked-source.ts';
import { quoteName } from '../quote.ts';

/** What is taken away in the second run. */
export type Masking =
  | { readonly kind: 'availability' }
  /** Rows that were unknown at p and none of whose instants lies in (p, p + horizon]: what a label must not see. */
  | { readonly kind: 'outside horizon'; readonly horizon: string };

/** What is left of a table at an instant: an expression per column, and the condition on the row. */
export interface MaskedTable {
  readonly cells: readonly string[];
  readonly where: string;
}

/**
 * The table as it was known at `moment` (SQL): rows of a later or NULL availability are gone, such cells are NULL.
 * Undeclared availability masks nothing: nothing tells what was known, and nothing is refuted by guessing.
 */
export function maskedTable(
  table: TableNode,
  columns: readonly BoundColumn[],
  masking: Masking,
  moment: string,
): MaskedTable {
  const plain = columns.map(({ name }) => quoteName(name));
  if (table.kind === 'seed') return { cells: plain, where: 'true' };
  const cells = cellAvailabilities(table);
  const row = rowAvailability(table);
  const spared = masking.kind === 'availability' ? undefined : within(columns, masking.horizon, moment);
  return {
    cells: columns.map(({ name }) => {
      const column = quoteName(name);
      const sql = cells.get(name.toLowerCase());
      if (sql === undefined) return column;
      const kept = spared?.get(name) ?? anyOf(spared?.values() ?? []);
      return `case when ${lateAt(sql, moment)} and not (${kept}) then null else ${column} end`;
    }),
    where:
      row === undefined && spared === undefined
        ? 'true'
        : `not (${row === undefined ? 'true' : lateAt(row, moment)}) or ${anyOf(spared?.values() ?? [])}`,
  };
}

/** By instant of the row: whether it lies in (moment, moment + horizon]. */
function within(
  columns: readonly BoundColumn[],
  horizon: string,
  moment: string,
): ReadonlyMap<string, string> {
  const times = columns.filter(({ type }) => /^(TIMESTAMP|DATE)/i.test(type));
  return new Map(
    times.map(({ name }) => {
      const column = quoteName(name);
      return [
        name,
        `coalesce(${column} > ${moment} and ${column} <= ${moment} + interval '${horizon}', false)`,
      ];
    }),
  );
}

function anyOf(conditions: Iterable<string>): string {
  return `(${[...conditions].join(' or ') || 'false'})`;
}

function lateAt(availability: string, moment: string): string {
  return isNever(availability) ? 'true' : `coalesce((${availability}) > ${moment}, true)`;
}

function rowAvailability(table: TableNode): string | undefined {
  if (table.kind === 'source') return table.table.availableAt?.value;
  return table.kind === 'snapshot' ? 'dbt_valid_from' : undefined;
}

function cellAvailabilities(table: TableNode): ReadonlyMap<string, string> {
  if (table.kind === 'snapshot') return new Map([['dbt_valid_to', 'dbt_valid_to']]);
  if (table.kind !== 'source') return new Map();
  return new Map(
    table.table.columns.flatMap(({ name, availableAt }): [string, string][] =>
      availableAt === undefined ? [] : [[name.toLowerCase(), availableAt.value]],
    ),
  );
}
