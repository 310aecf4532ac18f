import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { longestLine, packRow, unpackQuery } from '../../../core/7-run/adapters/remote/packed-rows.ts';

test('any text comes through DuckDB as it was, NULL and the empty text apart', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'churn-packed-'));
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const columns = [
    { name: 'a "b', type: 'VARCHAR' },
    { name: 'n', type: 'DOUBLE' },
    { name: 'z', type: 'VARCHAR' },
  ];
  const odd = fc.constantFrom(
    '\\',
    '\t',
    '\n',
    '\r',
    '\\N',
    '\\1',
    '\\\\3',
    '"',
    "'",
    ',',
    ' ',
    '',
    '😀',
    'null',
  );
  const text = fc.oneof(
    fc.constant(null),
    fc
      .array(fc.oneof(odd, fc.string({ unit: 'grapheme' })))
      .map((parts) => parts.join('').replaceAll('\0', '')),
  );
  const row = fc.tuple(text, fc.oneof(fc.constant(null), fc.double({ noNaN: true })), text);
  try {
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 40 }), async (rows) => {
        const file = join(folder, 'rows.tsv');
        const number = (value: number | null) => (value === null ? null : String(value));
        const lines = rows.map(([a, n, z]) => `${packRow([a, number(n), z])}\n`).join('');
        writeFileSync(file, lines);
        const read = await connection.runAndReadAll(unpackQuery(file, columns, longestLine(lines)));
        expect(read.getRowsJS()).toEqual(rows.map(([a, n, z]) => [a, n === 0 ? 0 : n, z]));
      }),
      { numRuns: 60 },
    );
    const file = join(folder, 'one.tsv');
    writeFileSync(file, ['', null, 'x'].map((value) => `${packRow([value])}\n`).join(''));
    const one = await connection.runAndReadAll(unpackQuery(file, columns.slice(0, 1), 4));
    expect(one.getRowsJS()).toEqual([[''], [null], ['x']]);

    // Short lines must not ask for memory that only long ones need; long ones must still be read.
    await connection.run("set memory_limit = '256MB'");
    const long = 'ü'.repeat(1_500_000);
    writeFileSync(file, `${packRow([long])}\n`);
    const query = unpackQuery(file, columns.slice(0, 1), longestLine(packRow([long])));
    const [[length] = []] = (
      await connection.runAndReadAll(`select length(columns(*)) from (${query})`)
    ).getRows();
    expect(Number(length)).toBe(1_500_000);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
