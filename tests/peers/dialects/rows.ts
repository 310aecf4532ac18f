import type { DuckDBConnection } from '@duckdb/node-api';

/** A query's rows on DuckDB, numbers as numbers. */
export async function rowsOf(duck: DuckDBConnection, sql: string): Promise<unknown[][]> {
  const reader = await duck.runAndReadAll(sql);
  const types = reader.columnTypes().map(String);
  return reader.getRowsJson().map((row) => row.map((value, index) => plain(value, types[index] ?? '')));
}

/** DuckDB's JSON rows in the worker's terms. */
function plain(value: unknown, type: string): unknown {
  if (value === null || typeof value === 'boolean') return value;
  // An instant, in UTC on both sides; Spark shows no offset.
  if (type === 'TIMESTAMP WITH TIME ZONE') return String(value).replace(/\+00$/, '');
  if (
    /^(DECIMAL|HUGEINT|BIGINT|DOUBLE|FLOAT|INTEGER|SMALLINT|TINYINT|UBIGINT|UINTEGER)/.test(type) &&
    !type.endsWith(']')
  ) {
    const number = Number(value);
    return Number.isNaN(number) ? 'nan' : Number.isFinite(number) ? number : number > 0 ? 'inf' : '-inf';
  }
  return Array.isArray(value)
    ? value.map((item) =>
        typeof item === 'string' && item !== '' && !Number.isNaN(Number(item)) ? Number(item) : item,
      )
    : value;
}

/** Doubles are summed in another order: ten digits are compared, and what is left of a difference is nothing. */
export function comparable(rows: unknown[][]): string[] {
  return rows.map((row) =>
    JSON.stringify(row, (_, value) => {
      // Python writes six digits of a second, DuckDB as many as it takes.
      if (typeof value === 'string' && /^\d{4}-.*:\d\d\.\d+$/.test(value)) return value.replace(/0+$/, '');
      if (typeof value !== 'number') return value;
      if (Math.abs(value) < 1e-12) return 0;
      return Number.isInteger(value) ? value : Number(value.toPrecision(10));
    }),
  );
}
