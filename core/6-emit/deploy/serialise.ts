/** Parses SQL to DuckDB's serialised tree, many statements in one call. */
export type Serialise = (statements: readonly string[]) => Promise<readonly string[]>;

/**
 * DuckDB's parser, opened for one call: an in-memory engine without tables. All statements go in one query, because each
 * call hops to another thread.
 */
export const serialiseWithDuckdb: Serialise = async (statements) => {
  if (statements.length === 0) return [];
  const { DuckDBInstance } = await import('@duckdb/node-api');
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  try {
    const rows = statements.map((sql, index) => `(${index}, '${sql.replaceAll("'", "''")}')`);
    const reader = await connection.runAndReadAll(
      `select json_serialize_sql(sql) from (values ${rows.join(', ')}) as statements(position, sql) order by position`,
    );
    return reader.getRows().map(([serialised]) => String(serialised));
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
};
