/** Values of a row as they are on a warehouse, where docs/dialects.md says that they differ. */
export function asOnFabric(rows: readonly (readonly unknown[])[]): unknown[][] {
  // A T-SQL float holds neither infinity nor NaN: dividing by zero gives NULL.
  return rows.map((row) =>
    row.map((value) => (value === 'inf' || value === '-inf' || value === 'nan' ? null : value)),
  );
}

/** Cases whose T-SQL is right as far as is known, and why sqlglot's reading of it is not. */
export const misread: ReadonlyMap<string, string> = new Map<string, string>([]);
