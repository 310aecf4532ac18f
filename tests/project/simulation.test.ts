import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Built, compile, openMemory, reference, rowsOf, scratch, simulate } from './reference.ts';

const tables = ['customers', 'contracts', 'events', 'support_tickets'];
const { folder, remove } = scratch();
let built: Built;

function hashes(name: string): readonly string[] {
  return tables.map((table) =>
    createHash('sha256')
      .update(readFileSync(path.join(folder, name, `${table}.parquet`)))
      .digest('hex'),
  );
}

async function run(name: string, choice: { customers?: number; seed?: number; threads?: number } = {}) {
  mkdirSync(path.join(folder, name));
  await simulate(built.project, {
    output: path.join(folder, name),
    customers: choice.customers ?? 600,
    seed: choice.seed ?? 42,
    threads: choice.threads ?? 2,
    months: 1,
  });
}

beforeAll(async () => {
  built = await compile(reference);
  await run('first');
});
afterAll(remove);

test('the same seed gives the same bytes, on one thread and on four', async () => {
  await run('one', { threads: 1 });
  await run('four', { threads: 4 });
  expect(hashes('one')).toEqual(hashes('first'));
  expect(hashes('four')).toEqual(hashes('first'));
});

test('another seed gives another company', async () => {
  await run('other', { seed: 43 });
  for (const [at, hash] of hashes('other').entries()) expect(hash).not.toBe(hashes('first')[at]);
});

test('a customer lives the same life in a larger company', async () => {
  await run('larger', { customers: 900 });
  const { connection, close } = await openMemory();
  const life = (name: string) =>
    `select * from '${path.join(folder, name, 'events.parquet')}' where customer_id < 100600`;
  const [row] = await rowsOf(
    connection,
    `select count(*) as n from ((${life('larger')} except all ${life('first')}) union all (${life('first')} except all ${life('larger')}))`,
  );
  close();
  expect(Number(row?.n)).toBe(0);
});

test('the files hold what makes real data hard', async () => {
  const { connection, close } = await openMemory();
  const file = (table: string) => `'${path.join(folder, 'first', `${table}.parquet`)}'`;
  const [found] = await rowsOf(
    connection,
    `select
      (select avg((loaded_at - event_ts > interval 1 day)::integer) from ${file('events')}) as late,
      (select count(*) - count(distinct event_id) from ${file('events')}) as twice,
      (select count(*) from ${file('events')} where customer_id is null) as lost,
      (select count(*) from ${file('events')} where event_type = 'session' and duration_seconds is null) as unclocked,
      (select count(*) from ${file('events')} where feature <> lower(feature)) as shouted,
      (select count(*) from ${file('events')} where event_ts > loaded_at) as before_time,
      (select count(*) from ${file('support_tickets')} where closed_at > loaded_at) as closed_later,
      (select count(*) from ${file('support_tickets')} where closed_at is null) as open,
      (select count(*) - count(distinct ticket_id) from ${file('support_tickets')}) as tickets_twice,
      (select count(distinct utc_offset_minutes) from ${file('customers')}) as zones,
      (select count(*) - count(distinct customer_id) from ${file('customers')}) as customers_twice,
      (select count(*) from ${file('customers')} where industry is null) as unknown_industry`,
  );
  close();
  expect(Number(found?.late)).toBeGreaterThan(0.02);
  expect(Number(found?.late)).toBeLessThan(0.15);
  for (const kind of ['twice', 'lost', 'unclocked', 'shouted', 'closed_later', 'open', 'tickets_twice']) {
    expect(Number(found?.[kind]), kind).toBeGreaterThan(0);
  }
  expect(Number(found?.zones)).toBe(7);
  expect(Number(found?.customers_twice)).toBeGreaterThan(0);
  expect(Number(found?.unknown_industry)).toBeGreaterThan(0);
  expect(Number(found?.before_time)).toBe(0);
});
