/** DuckDB's reserved words (`duckdb_keywords()`, categories reserved and type_function): names that must be quoted. */
export const reservedWords: ReadonlySet<string> = new Set(
  `all analyse analyze and anti any array as asc asof asymmetric at authorization binary both by case cast check
collate collation column concurrently constraint create cross current_catalog current_date current_role current_schema
current_time current_timestamp current_user default deferrable desc describe distinct do else end except false fetch for
foreign freeze from full generated glob grant group having ilike in initially inner intersect into is isnull join lambda
lateral leading left like limit localtime localtimestamp map natural not notnull null offset on only or order outer
overlaps pivot pivot_longer pivot_wider placing positional primary qualify references returning right select semi
session_user show similar some struct summarize symmetric table tablesample then to trailing true try_cast union unique
unpack unpivot user using variadic verbose when where window with`.split(/\s+/),
);

/** A name as SQL: plain where that is safe, quoted elsewhere. */
export function quoteName(name: string): string {
  if (/^[a-z_][a-z0-9_]*$/.test(name) && !reservedWords.has(name)) return name;
  return `"${name.replaceAll('"', '""')}"`;
}

/** A JavaScript value as a DuckDB literal; undefined when it has none. */
export function literal(value: unknown): string | undefined {
  switch (typeof value) {
    case 'string':
      return `'${value.replaceAll("'", "''")}'`;
    case 'number':
      return Number.isFinite(value) ? String(value) : undefined;
    case 'bigint':
    case 'boolean':
      return String(value);
    case 'object':
      if (value === null) return 'null';
      if (value instanceof Date && !Number.isNaN(value.getTime()))
        return `timestamp '${value.toISOString().slice(0, -1).replace('T', ' ')}'`;
      return undefined;
    default:
      return undefined;
  }
}
