import type { DataRow } from '../on-data/audit-on-data.ts';
import { ROWS } from '../report.ts';

/** A column (or the presence of rows) whose values differ between two runs of a model. */
export interface ColumnDifference {
  readonly column: string;
  readonly with: unknown;
  readonly without: unknown;
}

/**
 * Rows of one prediction time, by entity: the number of rows, and where that is equal, each column's values.
 * Numbers count as equal to twelve digits.
 */
export function compareRows(
  full: readonly DataRow[],
  masked: readonly DataRow[],
  entity: readonly string[],
  columns: readonly string[],
): ColumnDifference[] {
  const [a, b] = [groupRows(full, entity), groupRows(masked, entity)];
  const found = new Map<string, ColumnDifference>();
  for (const key of new Set([...a.keys(), ...b.keys()])) {
    const [left, right] = [a.get(key) ?? [], b.get(key) ?? []];
    if (left.length !== right.length) {
      if (!found.has(ROWS))
        found.set(ROWS, { column: ROWS, with: left.length > 0, without: right.length > 0 });
      continue;
    }
    for (const column of columns) {
      if (found.has(column)) continue;
      const values = (rows: readonly DataRow[]) => rows.map((row) => canonical(row[column])).sort();
      if (values(left).join('\n') === values(right).join('\n')) continue;
      const changed = left.findIndex(
        (row, index) => canonical(row[column]) !== canonical(right[index]?.[column]),
      );
      found.set(column, {
        column,
        with: left[Math.max(changed, 0)]?.[column],
        without: right[Math.max(changed, 0)]?.[column],
      });
    }
  }
  return [...found.values()];
}

/** Rows by entity. */
export function groupRows(rows: readonly DataRow[], entity: readonly string[]): Map<string, DataRow[]> {
  const groups = new Map<string, DataRow[]>();
  const wanted = new Set(entity.map((name) => name.toLowerCase()));
  for (const row of rows) {
    const key = JSON.stringify(Object.entries(row).filter(([name]) => wanted.has(name.toLowerCase())));
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return groups;
}

/** A cell as text, numbers to twelve digits. */
export function canonical(value: unknown): string {
  return JSON.stringify(value ?? null, (_, item: unknown) =>
    typeof item === 'number' ? Number(item.toPrecision(12)) : item,
  );
}
