import { DuckDBInstance } from '@duckdb/node-api';
import { describe, expect, test } from 'vitest';
import { type AuditJson, auditOnData } from '../../../../core/5-audit/index.ts';
import { type TestProject, testInput } from '../support/project.ts';

const sources: TestProject['sources'] = {
  spine: {
    columns: { customer_id: 'INTEGER', prediction_time: 'TIMESTAMP' },
    availableAt: 'prediction_time',
  },
  events: {
    columns: {
      event_id: 'BIGINT',
      customer_id: 'INTEGER',
      event_ts: 'TIMESTAMP',
      loaded_at: 'TIMESTAMP',
      amount: 'DOUBLE',
    },
    availableAt: 'loaded_at',
  },
  tickets: {
    columns: {
      ticket_id: 'BIGINT',
      customer_id: 'INTEGER',
      opened_at: 'TIMESTAMP',
      sentiment: 'DOUBLE',
      owner: 'VARCHAR',
    },
    availableAt: 'opened_at',
    cells: { sentiment: "opened_at + interval '3 days'", owner: 'never' },
  },
  notes: { columns: { customer_id: 'INTEGER', note: 'VARCHAR' } },
};

/** Two customers, three months, one event an hour on average, a day late each; tickets get their sentiment late. */
const load = [
  `insert into raw.spine select c, make_timestamp(2024, m, 1, 0, 0, 0) from range(1, 3) a(c), range(2, 5) b(m)`,
  `insert into raw.events select i, 1 + i % 2, t, t + interval '1 day', 0.1 * (i % 7)
     from (select i, timestamp '2024-01-01' + i * interval '1 hour' as t from range(3000) r(i))`,
  `insert into raw.tickets select i, 1 + i % 2, timestamp '2024-01-01' + i * interval '12 hours', i, 'ann' from range(300) r(i)`,
  `insert into raw.notes values (1, 'n')`,
];

async function check(models: TestProject['models']): Promise<AuditJson> {
  const input = await testInput({ sources, models });
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const execute = async (sql: string) => (await connection.runAndReadAll(sql)).getRowObjectsJson();
  try {
    await execute('create schema raw');
    for (const [name, { columns }] of Object.entries(sources)) {
      await execute(
        `create table raw.${name}(${Object.entries(columns)
          .map((c) => c.join(' '))
          .join(', ')})`,
      );
    }
    for (const sql of load) await execute(sql);
    for (const [name, { sql }] of Object.entries(models))
      await execute(`create table main.${name} as ${sql}`);
    const report = await auditOnData(input, { execute });
    expect(await execute(`select * from duckdb_databases() where database_name = 'churn_audit'`)).toEqual([]);
    return report;
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

const pointInTime = { entity: ['customer_id'], predictionTime: 'prediction_time' };
const verdicts = (report: AuditJson) =>
  Object.fromEntries(report.results.map(({ column, verdict }) => [column, verdict]));

describe('the check on data', () => {
  test('tells columns that were knowable from columns that were not, through an upstream model', async () => {
    const report = await check({
      daily: {
        sql: `select customer_id, date_trunc('day', event_ts) as day, max(loaded_at) as loaded_at, count(*) as n, sum(amount) as amount
              from raw.events group by all`,
      },
      gold: {
        pointInTime,
        labels: { churned: '30 days' },
        sql: `select s.customer_id, s.prediction_time,
                count(*) filter (where d.loaded_at <= s.prediction_time) as days_known,
                sum(d.amount) filter (where d.day < s.prediction_time) as amount_by_event_time,
                count(*) filter (where d.day > s.prediction_time) = 0 as churned
              from raw.spine s join main.daily d using (customer_id) group by all`,
      },
    });
    // The day's last row arrives with the next day: a day that counts as loaded later is unknown at the cut.
    expect(verdicts(report)).toEqual({
      '(rows)': 'UNCHANGED',
      days_known: 'REFUTED',
      amount_by_event_time: 'REFUTED',
    });
    const leak = report.results.find(({ column }) => column === 'amount_by_event_time');
    expect(leak?.witness?.rows.gold?.[0]).toHaveProperty('customer_id');
    expect(Number(leak?.witness?.with)).toBeGreaterThan(Number(leak?.witness?.without));
    expect(report.summary).toMatchObject({ models: 1, columns: 3, refuted: 2, unchanged: 1 });
  });

  test('agrees on a model bounded by availability, floats included', async () => {
    const report = await check({
      gold: {
        pointInTime,
        sql: `select s.customer_id, s.prediction_time, count(e.event_id) as n, sum(e.amount) as amount, avg(e.amount) as mean
              from raw.spine s left join raw.events e on e.customer_id = s.customer_id and e.loaded_at <= s.prediction_time
              group by all`,
      },
    });
    expect(new Set(Object.values(verdicts(report)))).toEqual(new Set(['UNCHANGED']));
  });

  test('masks cells that were not known yet, and those whose past nobody knows', async () => {
    const report = await check({
      gold: {
        pointInTime,
        sql: `select s.customer_id, s.prediction_time, count(t.ticket_id) as n, avg(t.sentiment) as late,
                avg(t.sentiment) filter (where t.opened_at <= s.prediction_time - interval '3 days') as waited,
                max(t.owner) as owner
              from raw.spine s left join raw.tickets t on t.customer_id = s.customer_id and t.opened_at <= s.prediction_time
              group by all`,
      },
    });
    expect(verdicts(report)).toEqual({
      '(rows)': 'UNCHANGED',
      n: 'UNCHANGED',
      late: 'REFUTED',
      waited: 'UNCHANGED',
      owner: 'REFUTED',
    });
  });

  test('counts rows that exist only because of what came later', async () => {
    const report = await check({
      gold: {
        pointInTime,
        sql: `select s.customer_id, s.prediction_time, 1 as one from raw.spine s
              where exists (select 1 from raw.events e where e.customer_id = s.customer_id and e.event_ts > s.prediction_time)`,
      },
    });
    expect(verdicts(report)).toEqual({ '(rows)': 'REFUTED', one: 'UNCHANGED' });
    expect(report.results[0]?.witness).toMatchObject({ with: true, without: false });
  });

  test('says so when a source cannot be masked', async () => {
    const report = await check({
      gold: {
        pointInTime,
        sql: 'select s.*, n.note from raw.spine s left join raw.notes n using (customer_id)',
      },
    });
    expect(verdicts(report)).toEqual({ '(rows)': 'UNPROVEN', note: 'UNPROVEN' });
    expect(report.results[0]?.reason).toContain('raw.notes');
  });
});
