import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type RunOutcome, runExitCode } from '../../../core/7-run/index.ts';
import { build, column, folder, graphOf, model, openIn, rows, seed, source, statuses } from './fixtures.ts';

function project(files: Readonly<Record<string, string | Buffer>>): string {
  const root = folder();
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return root;
}

function firstError(outcome: RunOutcome) {
  return outcome.results.flatMap((result) => result.diagnostics)[0];
}

describe('seeds', () => {
  test('delimiter, declared types, odd names, quoted fields', async () => {
    const root = project({ 'seeds/s.csv': 'order;Name of it;zip\n1;"a; ""b""";00123\n2;;4\n' });
    const adapter = await openIn(root);
    const graph = graphOf(
      seed('s', { config: { delimiter: ';', columnTypes: { zip: 'varchar', order: 'smallint' } } }),
    );
    expect(statuses(await build(adapter, root, graph))).toEqual({ s: 'success' });
    expect(await rows(adapter, 'select * from main_test.s order by 1')).toEqual([
      [1, 'a; "b"', '00123'],
      [2, null, '4'],
    ]);
    expect(await rows(adapter, 'select typeof("order") from main_test.s limit 1')).toEqual([['SMALLINT']]);
  });

  test('types come from the whole file, not from a sample', async () => {
    const lines = Array.from({ length: 40_000 }, (_, i) => String(i));
    const root = project({ 'seeds/s.csv': `id\n${lines.join('\n')}\nlast\n` });
    const adapter = await openIn(root);
    expect(statuses(await build(adapter, root, graphOf(seed('s'))))).toEqual({ s: 'success' });
    expect(await rows(adapter, 'select typeof(id), count(*) from main_test.s group by 1')).toEqual([
      ['VARCHAR', 40_001],
    ]);
  });

  test.each([
    ['too many fields', 'a,b\n1,2\n3,4,5,6\n', {}, 3],
    ['too few fields', 'a,b\n1,2\n3,4\n5\n', {}, 4],
    ['an open quote', 'a,b\n1,2\n3,"4\n5,6\n', {}, 3],
    ['a value of the wrong type', 'a,b\n1,2\n3,x\n', { b: 'integer' }, 3],
    ['bytes that are not UTF-8', Buffer.from('a,b\n1,\xff\xfe\n', 'latin1'), {}, 2],
  ])('%s: the line is named, the old table stays', async (_, content, columnTypes, line) => {
    const root = project({ 'seeds/s.csv': 'a,b\n1,2\n' });
    const adapter = await openIn(root);
    await build(adapter, root, graphOf(seed('s')));
    writeFileSync(join(root, 'seeds/s.csv'), content);
    const outcome = await build(adapter, root, graphOf(seed('s', { config: { columnTypes } })));
    expect(firstError(outcome)).toMatchObject({
      code: 'CH723',
      span: { file: 'seeds/s.csv', start: { line } },
    });
    expect(await rows(adapter, 'select * from main_test.s')).toEqual([[1, 2]]);
    expect(runExitCode(outcome)).toBe(3);
  });
});

describe('sources', () => {
  test('csv, parquet and json with declared types, globs and reader options', async () => {
    const root = project({
      'data/c/1.csv': 'id|zip\n1|007\n',
      'data/c/2.csv': 'id|zip\n2|008\n',
      'data/e.jsonl': '{"id": 1, "ts": "2024-01-02 03:04:05"}\n',
    });
    const adapter = await openIn(root);
    await adapter.main.run(
      `copy (select 1::integer as id, 2.5::float as x) to '${join(root, 'data/p.parquet')}'`,
    );
    const graph = graphOf(
      source('c', 'data/c/*.csv', [column('zip', 'varchar')], { delimiter: '|' }),
      source('e', 'data/e.jsonl', [column('ts', 'timestamp')]),
      source('p', 'data/p.parquet', [column('id', 'bigint'), column('x', 'double')]),
      model(
        'm',
        'select c.zip, typeof(e.ts) as t, typeof(p.id) as i, typeof(p.x) as x from raw.c, raw.e, raw.p',
        {
          reads: ['source.shop.raw.c', 'source.shop.raw.e', 'source.shop.raw.p'],
        },
      ),
    );
    const outcome = await build(adapter, root, graph);
    expect(firstError(outcome)).toBeUndefined();
    expect(await rows(adapter, 'select * from main_test.m order by zip')).toEqual([
      ['007', 'TIMESTAMP', 'BIGINT', 'DOUBLE'],
      ['008', 'TIMESTAMP', 'BIGINT', 'DOUBLE'],
    ]);
  });

  test('absent files are reported at the location, and what reads them is skipped', async () => {
    const root = folder();
    const adapter = await openIn(root);
    const graph = graphOf(
      source('c', 'data/*.parquet'),
      model('m', 'select * from raw.c', { reads: ['source.shop.raw.c'] }),
      model('other', 'select 1 as id'),
    );
    const outcome = await build(adapter, root, graph);
    expect(statuses(outcome)).toEqual({ 'raw.c': 'error', m: 'skipped', other: 'success' });
    expect(firstError(outcome)).toMatchObject({ code: 'CH724', span: { file: 'models/sources.yml' } });
  });

  test('a broken row is reported with its file and line by the model that reads it', async () => {
    const good = Array.from({ length: 30_000 }, (_, i) => `${i},${i}`).join('\n');
    const root = project({ 'data/c.csv': `id,n\n${good}\n7,seven\n` });
    const adapter = await openIn(root);
    const graph = graphOf(
      source('c', 'data/*.csv', [column('id', 'bigint'), column('n', 'bigint')]),
      model('m', 'select sum(n) as n from raw.c', { reads: ['source.shop.raw.c'] }),
    );
    const outcome = await build(adapter, root, graph);
    expect(statuses(outcome)).toEqual({ 'raw.c': 'success', m: 'error' });
    expect(firstError(outcome)).toMatchObject({
      code: 'CH723',
      span: { file: 'data/c.csv', start: { line: 30_002 } },
    });
  });

  test('a Parquet file that is none', async () => {
    const root = project({ 'data/p.parquet': 'hello' });
    const adapter = await openIn(root);
    const outcome = await build(
      adapter,
      root,
      graphOf(source('p', 'data/p.parquet'), model('m', 'from raw.p', { reads: ['source.shop.raw.p'] })),
    );
    expect(firstError(outcome)?.code).toBe('CH723');
  });
});
