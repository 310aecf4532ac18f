import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ScopeColumn, translate } from '../../../core/6-emit/index.ts';
import { decodeSerialisedSql } from '../../../core/sql/index.ts';
import { cases, refusals } from './cases.ts';
import { comparable, rowsOf } from './rows.ts';

/** Every case runs on DuckDB and, translated, on a real Spark 3.5: the rows must be equal. */
let duck: DuckDBConnection;
let worker: ChildProcessWithoutNullStreams;
let ask: (request: object) => Promise<{ rows?: unknown[][]; error?: string }>;
const catalog = new Map<string, ScopeColumn[]>();
const folder = mkdtempSync(join(tmpdir(), 'churn-spark-'));

beforeAll(async () => {
  duck = await (await DuckDBInstance.create(':memory:')).connect();
  await duck.run(readFileSync(join(import.meta.dirname, 'tables.sql'), 'utf8'));
  worker = spawn(process.env.CHURN_PEER_PYTHON ?? 'python3', [join(import.meta.dirname, 'spark_worker.py')]);
  const answers = createInterface({ input: worker.stdout })[Symbol.asyncIterator]();
  const next = async () => JSON.parse((await answers.next()).value ?? '{"error": "the worker ended"}');
  ask = async (request) => {
    worker.stdin.write(`${JSON.stringify(request)}\n`);
    return next();
  };
  await next();
  for (const table of ['events', 'customers', 'prices', 'nothing']) {
    const parquet = join(folder, `${table}.parquet`);
    // Spark reads a TIMESTAMP with UTC adjustment as its own timestamp type.
    await duck.run(
      `set timezone = 'UTC'; copy (select * replace (${await utcColumns(table)}) from ${table}) to '${parquet}'`,
    );
    await ask({ table, parquet });
  }
}, 120_000);

afterAll(() => {
  worker?.kill();
  rmSync(folder, { recursive: true, force: true });
});

async function utcColumns(table: string): Promise<string> {
  const reader = await duck.runAndReadAll(
    `select column_name, data_type from duckdb_columns() where table_name = '${table}'`,
  );
  const columns = reader.getRows().map(([name, type]) => ({ name: String(name), type: String(type) }));
  catalog.set(table, columns);
  const stamps = columns.filter(({ type }) => type === 'TIMESTAMP');
  const chosen = stamps.length > 0 ? stamps : columns.slice(0, 1);
  return chosen
    .map(({ name, type }) =>
      type === 'TIMESTAMP' ? `${name}::timestamptz as ${name}` : `${name} as ${name}`,
    )
    .join(', ');
}

async function translated(sql: string) {
  const reader = await duck.runAndReadAll(`select json_serialize_sql('${sql.replaceAll("'", "''")}')`);
  const parsed = decodeSerialisedSql(String(reader.getRows()[0]?.[0]));
  if ('error' in parsed) throw new Error(`${parsed.error}\n${sql}`);
  return translate(parsed.query, 'spark', ({ name }) => catalog.get(name));
}

describe('Spark answers as DuckDB does', () => {
  test.each(cases)('$group: $sql', async ({ group, sql }) => {
    const { sql: spark, refusals: refused } = await translated(sql);
    expect(refused).toEqual([]);
    const answer = await ask({ sql: spark });
    expect(answer.error, spark).toBeUndefined();
    const [theirs, ours] = [comparable(answer.rows ?? []), comparable(await rowsOf(duck, sql))];
    const inOrder = group === 'order';
    expect(inOrder ? theirs : theirs.sort(), spark).toEqual(inOrder ? ours : ours.sort());
  });
});

describe('what has no equal is refused', () => {
  test.each(refusals)('$sql', async ({ sql, what }) => {
    const translation = await translated(sql);
    expect(translation.sql).toBeUndefined();
    expect(translation.refusals.map((refusal) => refusal.what).join()).toMatch(what);
    for (const refusal of translation.refusals) expect(refusal.rewrite).not.toBe('');
  });
});
