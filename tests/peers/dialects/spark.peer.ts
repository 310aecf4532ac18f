import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cases, refusals } from './cases.ts';
import { randomQueries } from './random-queries.ts';
import { comparable } from './rows.ts';
import { type Answer, TwoEngines } from './two-engines.ts';

/** Every case runs on DuckDB and, translated, on a real Spark 3.5: the rows must be equal. */
const engines = new TwoEngines();
beforeAll(() => engines.start(), 120_000);
afterAll(() => engines.stop());

describe('Spark answers as DuckDB does', () => {
  test.each(cases)('$group: $sql', async ({ group, sql }) => {
    const { sql: spark, refusals: refused } = await engines.translate(sql);
    expect(refused).toEqual([]);
    const answer = await engines.spark(spark ?? '');
    expect(answer.error, spark).toBeUndefined();
    const [theirs, ours] = [comparable(answer.rows ?? []), comparable(await engines.duckdb(sql))];
    const inOrder = group === 'order';
    expect(inOrder ? theirs : theirs.sort(), spark).toEqual(inOrder ? ours : ours.sort());
  });
});

describe('what has no equal is refused', () => {
  test.each(refusals)('$sql', async ({ sql, what }) => {
    const translation = await engines.translate(sql);
    expect(translation.sql).toBeUndefined();
    expect(translation.refusals.map((refusal) => refusal.what).join()).toMatch(what);
    for (const refusal of translation.refusals) expect(refusal.rewrite).not.toBe('');
  });
});

describe('random queries', () => {
  const seed = Number(process.env.CHURN_PEER_SEED ?? 1);
  const count = Number(process.env.CHURN_PEER_RANDOM ?? 300);

  test(`${count} of seed ${seed} give the same rows, or are refused`, async () => {
    const different: string[] = [];
    const met = { equal: 0, refused: 0, 'an error on DuckDB': 0 };
    for (const { sql } of randomQueries(seed, count)) {
      const { sql: spark, refusals: refused } = await engines.translate(sql);
      const ours = await engines.duckdb(sql).catch(() => undefined);
      if (ours === undefined) met['an error on DuckDB']++;
      else if (spark === undefined || refused.length > 0) met.refused++;
      else {
        const problem = differences(ours, await engines.spark(spark));
        if (problem === undefined) met.equal++;
        else different.push(`${sql}\n  ${spark}\n  ${problem}`);
      }
    }
    console.log(met);
    expect(different.join('\n\n')).toBe('');
    // The grammar must grow queries that mean something on both engines.
    expect(met.equal).toBeGreaterThan(count / 2);
  }, 1_800_000);
});

type Rows = readonly (readonly unknown[])[];

/** What differs: the first row that only one side has, or the column, where rows are known by a first one that is unique. */
function differences(rows: unknown[][], answer: Answer): string | undefined {
  if (answer.rows === undefined) return `Spark: ${answer.error}`;
  const [ours, theirs] = [comparable(rows).sort(), comparable(answer.rows).sort()];
  const at = ours.findIndex((row, index) => row !== theirs[index]);
  if (at === -1 && ours.length === theirs.length) return undefined;
  const keys = (list: Rows) =>
    list
      .map(([key]) => String(key))
      .sort()
      .join();
  const known = new Set(rows.map(([key]) => key)).size === rows.length && keys(rows) === keys(answer.rows);
  if (!known)
    return `rows ${ours.length} and ${theirs.length}; ${ours[at]} on DuckDB, ${theirs[at]} on Spark`;
  const byKey = new Map(answer.rows.map((row) => [row[0], row]));
  const columns = (rows[0] ?? []).flatMap((_, index) => {
    const differs = ([key, ...rest]: readonly unknown[]) =>
      comparable([[[key, ...rest][index]]])[0] !== comparable([[byKey.get(key)?.[index]]])[0];
    const row = rows.find(differs);
    if (row === undefined) return [];
    const theirs = JSON.stringify(byKey.get(row[0])?.[index]);
    return [`column ${index} of ${row[0]}: ${JSON.stringify(row[index])} on DuckDB, ${theirs} on Spark`];
  });
  return columns.join('; ');
}
