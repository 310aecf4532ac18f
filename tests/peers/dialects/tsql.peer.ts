import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ScopeColumn, serialiseWithDuckdb, translate } from '../../../core/6-emit/index.ts';
import { planDeployment } from '../../../core/7-run/index.ts';
import { compileProject } from '../../../core/pipeline.ts';
import { decodeSerialisedSql } from '../../../core/sql/index.ts';
import { antlrRefusals } from './antlr-tsql.ts';
import { cases } from './cases.ts';
import { rejected } from './fabric-rejects.ts';
import { comparable, rowsOf } from './rows.ts';
import { asOnFabric, misread } from './tsql-differences.ts';
import { TsqlReader } from './tsql-reader.ts';

/**
 * Each case's T-SQL is read back by sqlglot and run on DuckDB beside the original. sqlglot knows nothing of our printer:
 * a wrong join, filter, order of NULLs, or date function that is off by one shows. It is a reading, not a T-SQL engine:
 * where both misunderstand T-SQL the same way, or DuckDB is kinder than a warehouse, nothing shows.
 */
let duck: DuckDBConnection;
let reader: TsqlReader;
const catalog = new Map<string, ScopeColumn[]>();

beforeAll(async () => {
  reader = await TsqlReader.start();
  duck = await (await DuckDBInstance.create(':memory:')).connect();
  await duck.run(readFileSync(join(import.meta.dirname, 'tables.sql'), 'utf8'));
  await duck.run("set timezone = 'UTC'");
  const columns = await duck.runAndReadAll('select table_name, column_name, data_type from duckdb_columns()');
  for (const [table, name, type] of columns.getRows()) {
    const list = catalog.get(String(table)) ?? [];
    list.push({ name: String(name), type: String(type) });
    catalog.set(String(table), list);
  }
  const types = [...catalog].map(([table, list]) => [
    table,
    Object.fromEntries(list.map(({ name, type }) => [name, type])),
  ]);
  await reader.tables(Object.fromEntries(types));
}, 60_000);
afterAll(() => reader?.stop());

async function translated(sql: string) {
  const found = await duck.runAndReadAll(`select json_serialize_sql('${sql.replaceAll("'", "''")}')`);
  const parsed = decodeSerialisedSql(String(found.getRows()[0]?.[0]));
  if ('error' in parsed) throw new Error(`${parsed.error}\n${sql}`);
  return translate(parsed.query, 'fabric', ({ name }) => catalog.get(name));
}

describe('T-SQL, read back by sqlglot, answers as DuckDB does', () => {
  const read = cases.filter(({ sql }) => !misread.has(sql));

  test.each(read)('$group: $sql', async ({ group, sql }) => {
    const { sql: tsql, refusals } = await translated(sql);
    if (tsql === undefined) {
      expect(refusals).not.toEqual([]);
      return;
    }
    const back = await reader.read(tsql);
    const [theirs, ours] = [
      comparable(await rowsOf(duck, back)),
      comparable(asOnFabric(await rowsOf(duck, sql))),
    ];
    const inOrder = group === 'order';
    expect(inOrder ? theirs : theirs.sort(), `${tsql}\n${back}`).toEqual(inOrder ? ours : ours.sort());
  });
});

/** Batches of goldens: a query after each comment, or what GO ends. */
function batchesOf(folder: string): string[] {
  return readdirSync(folder).flatMap((file) => {
    const text = readFileSync(join(folder, file), 'utf8');
    return bare(/^GO$/m.test(text) ? batchesIn(text) : text.split('\n\n'));
  });
}

/** A script's batches, as `sqlcmd` and the portal send them. */
const batchesIn = (script: string): string[] => bare(script.split(/^GO$/m));

const bare = (parts: readonly string[]): string[] =>
  parts.map((part) => part.replace(/^-- .*\n?/gm, '').trim()).filter((part) => part !== '');

async function againstIt(batch: string): Promise<string[]> {
  const foreign = await reader.parse(batch);
  return [...antlrRefusals(batch), ...(foreign === '' ? [] : [foreign]), ...rejected(batch)].map(
    (why) => `${why}\n${batch}`,
  );
}

describe('three foreign parsers read it, and nothing is in it that a warehouse is known to reject', () => {
  test.each(['fabric', 'fabric-plan'])(
    'the goldens in %s',
    async (name) => {
      const batches = batchesOf(join(import.meta.dirname, '../../golden', name));
      expect(batches.length).toBeGreaterThan(30);
      const problems: string[] = [];
      for (const batch of batches) problems.push(...(await againstIt(batch)));
      expect(problems).toEqual([]);
    },
    300_000,
  );

  test.each(['.', 'examples/cdnow'])(
    'the deployment of the project in %s',
    async (folder) => {
      const root = join(import.meta.dirname, '../../..', folder);
      const compiled = await compileProject({ projectDir: root, target: 'fabric', cache: false });
      if (compiled.project === undefined || compiled.bound === undefined) throw new Error('not compiled');
      const { graph, bound } = compiled;
      const all = new Set(graph.nodes.keys());
      const plan = await planDeployment({ graph, bound, root }, all, 'fabric', serialiseWithDuckdb);
      bound.close();
      expect(plan.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
      expect(plan.files.length).toBeGreaterThan(3);
      const problems: string[] = [];
      const scripts = plan.files.flatMap(({ sql, later }) => [
        sql,
        ...(later === undefined ? [] : [later.sql]),
      ]);
      for (const batch of scripts.flatMap(batchesIn)) problems.push(...(await againstIt(batch)));
      expect(problems).toEqual([]);
    },
    300_000,
  );
});
