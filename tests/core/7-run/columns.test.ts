import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ColumnTable, copyToParquet, readColumns, writeColumns } from '../../../core/7-run/index.ts';
import { folder, openIn, rows } from './fixtures.ts';

const relation = { schema: 'gold', identifier: 'scores' };

describe('readColumns', () => {
  test('reads every type into its kind, with nulls', async () => {
    const adapter = await openIn(folder());
    const table = await readColumns(adapter.main, {
      sql: `select * from (values
        (1::tinyint, 1.5::decimal(12,2), 2.5::float, 10::hugeint, true, 'a', date '2024-01-02', timestamp '2024-01-02 03:04:05.000006', timestamptz '2024-01-02 00:00:00+00', ['x'], uuid '00000000-0000-0000-0000-000000000001'),
        (null, null, null, null, null, null, null, null, null, null, null),
        (3, 3, 3, 3, false, 'a', date '1969-12-31', timestamp '1969-12-31 23:59:59.999999', timestamptz '1970-01-01 00:00:00+00', [], uuid '00000000-0000-0000-0000-000000000002')
      ) as t(i, d, f, h, b, s, day, ts, tz, l, u) -- a comment`,
    });
    expect(table.rows).toBe(3);
    const plain = table.columns.map((column) => [
      column.name,
      column.type,
      column.kind,
      column.kind === 'text' ? [...column.codes] : [...column.values],
      column.nulls && [...column.nulls],
    ]);
    const mask = [0, 1, 0];
    expect(plain).toEqual([
      ['i', 'TINYINT', 'number', [1, Number.NaN, 3], mask],
      ['d', 'DECIMAL(12,2)', 'number', [1.5, Number.NaN, 3], mask],
      ['f', 'FLOAT', 'number', [2.5, Number.NaN, 3], mask],
      ['h', 'HUGEINT', 'number', [10, Number.NaN, 3], mask],
      ['b', 'BOOLEAN', 'boolean', [1, 0, 0], mask],
      ['s', 'VARCHAR', 'text', [0, -1, 0], mask],
      ['day', 'DATE', 'timestamp', [1704153600000000n, 0n, -86400000000n], mask],
      ['ts', 'TIMESTAMP', 'timestamp', [1704164645000006n, 0n, -1n], mask],
      ['tz', 'TIMESTAMP WITH TIME ZONE', 'timestamp', [1704153600000000n, 0n, 0n], mask],
      ['l', 'VARCHAR[]', 'text', [0, -1, 1], mask],
      ['u', 'UUID', 'text', [0, -1, 1], mask],
    ]);
    const text = table.columns[5];
    expect(text?.kind === 'text' && text.dictionary).toEqual(['a']);
  });

  test('selects columns, orders rows, reads wide keys as text', async () => {
    const adapter = await openIn(folder());
    await adapter.main.run(
      "create table t as select 9007199254740993 + i as id, -i as x, 'no' as no from range(3) r(i)",
    );
    const options = { columns: ['x', 'id'], orderBy: 'x', asText: ['id'] };
    const table = await readColumns(adapter.main, { schema: 'main', identifier: 't' }, options);
    const [x, id] = table.columns;
    expect(x?.kind === 'number' && [...x.values]).toEqual([-2, -1, 0]);
    expect(id?.kind === 'text' && id.dictionary).toEqual([
      '9007199254740995',
      '9007199254740994',
      '9007199254740993',
    ]);
  });

  test('agrees with DuckDB over many chunks', async () => {
    const adapter = await openIn(folder());
    await adapter.main.run(
      "create table t as select i, case when i % 7 = 0 then null else i * 0.5 end as x, case when i % 11 = 0 then null else 'k' || i % 13 end as k from range(50000) r(i)",
    );
    const table = await readColumns(adapter.main, { schema: 'main', identifier: 't' });
    const [i, x, k] = table.columns;
    if (i?.kind !== 'number' || x?.kind !== 'number' || k?.kind !== 'text') throw new Error('kinds');
    expect(i.nulls).toBeUndefined();
    let sum = 0;
    for (const [row, value] of x.values.entries()) if (x.nulls?.[row] === 0) sum += value;
    const counts = new Map<string | null, number>();
    for (const code of k.codes) {
      const text = code < 0 ? null : (k.dictionary[code] as string);
      counts.set(text, (counts.get(text) ?? 0) + 1);
    }
    expect([[table.rows, sum]]).toEqual(await rows(adapter, 'select count(*), sum(x)::double from t'));
    expect([...counts].sort()).toEqual(
      (await rows(adapter, 'select k, count(*) from t group by 1')).toSorted(),
    );
  });

  test('a failing query rejects with an engine error', async () => {
    const adapter = await openIn(folder());
    await expect(readColumns(adapter.main, { sql: 'select nope' })).rejects.toMatchObject({
      info: { kind: 'statement' },
    });
  });
});

describe('writeColumns', () => {
  test('what is written is read back', async () => {
    const adapter = await openIn(folder());
    const value = fc.option(fc.double({ noNaN: true }), { nil: undefined });
    const text = fc.option(
      fc.string({ unit: 'binary-ascii' }).filter((s) => !s.includes('\0')),
      { nil: undefined },
    );
    const row = fc.record({
      x: value,
      s: text,
      t: fc.option(fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }), { nil: undefined }),
      b: fc.option(fc.boolean(), { nil: undefined }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 40 }), async (list) => {
        const dictionary = [...new Set(list.flatMap(({ s }) => s ?? []))];
        const nulls = (pick: (r: (typeof list)[number]) => unknown) =>
          list.some((r) => pick(r) === undefined)
            ? Uint8Array.from(list, (r) => (pick(r) === undefined ? 1 : 0))
            : undefined;
        const table: ColumnTable = {
          rows: list.length,
          columns: [
            {
              kind: 'number',
              name: 'x',
              type: 'DOUBLE',
              values: Float64Array.from(list, (r) => r.x ?? Number.NaN),
              nulls: nulls((r) => r.x),
            },
            {
              kind: 'text',
              name: 's',
              type: 'VARCHAR',
              codes: Int32Array.from(list, (r) => (r.s === undefined ? -1 : dictionary.indexOf(r.s))),
              dictionary,
              nulls: nulls((r) => r.s),
            },
            {
              kind: 'timestamp',
              name: 't',
              type: 'TIMESTAMP',
              values: BigInt64Array.from(list, (r) => r.t ?? 0n),
              nulls: nulls((r) => r.t),
            },
            {
              kind: 'boolean',
              name: 'b',
              type: 'BOOLEAN',
              values: Uint8Array.from(list, (r) => (r.b ? 1 : 0)),
              nulls: nulls((r) => r.b),
            },
          ],
        };
        await writeColumns(adapter.main, relation, table);
        expect(await readColumns(adapter.main, relation)).toEqual(table);
      }),
      { numRuns: 25 },
    );
  });

  test('casts to the types asked for and replaces the table whole or not at all', async () => {
    const adapter = await openIn(folder());
    const table = (values: number[], type: string): ColumnTable => ({
      rows: values.length,
      columns: [{ kind: 'number', name: 'n', type, values: Float64Array.from(values) }],
    });
    await writeColumns(adapter.main, relation, table([1, 2], 'BIGINT'));
    await expect(writeColumns(adapter.main, relation, table([300], 'TINYINT'))).rejects.toMatchObject({
      info: { kind: 'statement' },
    });
    expect(await rows(adapter, 'select n, typeof(n) from gold.scores')).toEqual([
      [1, 'BIGINT'],
      [2, 'BIGINT'],
    ]);
  });

  test('copies to Parquet and leaves nothing aside', async () => {
    const root = folder();
    const adapter = await openIn(root);
    const path = join(root, 'out/scores.parquet');
    await copyToParquet(adapter.main, { sql: 'select 1 as id union all select 2' }, path);
    expect(await rows(adapter, `select sum(id) from '${path}'`)).toEqual([[3]]);
    await expect(
      copyToParquet(adapter.main, { sql: "select error('no')" }, join(root, 'out/b.parquet')),
    ).rejects.toThrow('no');
    expect(existsSync(join(root, 'out/b.parquet'))).toBe(false);
    expect(readdirSync(join(root, 'out'))).toEqual(['scores.parquet']);
  });
});
