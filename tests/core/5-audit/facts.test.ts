import { describe, expect, test } from 'vitest';
import { auditProject } from '../../../core/5-audit/index.ts';
import { type TestSource, testInput } from './support/project.ts';
import { sources } from './support/sources.ts';

const pointInTime = { entity: ['customer_id'], predictionTime: 'prediction_time' };
/** Arrivals at most two days after the fact, and one row per customer and day. */
const calls: TestSource = {
  columns: { customer_id: 'INTEGER', day: 'TIMESTAMP', loaded_at: 'TIMESTAMP', seconds: 'INTEGER' },
  availableAt: 'loaded_at',
  axioms: ['day <= loaded_at', "loaded_at <= day + interval '2 days'", 'seconds >= 0'],
  notNull: ['day', 'loaded_at', 'seconds'],
  primaryKey: ['customer_id', 'day'],
};
/** Known from the beginning, one row per customer; a second row would double what is counted. */
const regions: TestSource = {
  columns: { customer_id: 'INTEGER', region: 'VARCHAR', changed_at: 'TIMESTAMP' },
  availableAt: "timestamp '1900-01-01'",
  cells: { region: 'changed_at' },
  unique: ['customer_id'],
};

async function proved(
  sql: string,
  without: readonly string[] = [],
): Promise<Record<string, readonly string[] | undefined>> {
  const less = (source: TestSource, name: string): TestSource => {
    const says = (fact: string): boolean => !without.includes(`raw.${name}: ${fact}`);
    const key = source.primaryKey ?? [];
    const isKeyed =
      says(`unique (${key.join(', ')})`) && key.every((column) => says(`${column} is not null`));
    return {
      ...source,
      axioms: source.axioms?.filter(says),
      unique: source.unique?.filter((column) => says(`unique (${column})`)),
      notNull: [...(source.notNull ?? []), ...key].filter((column) => says(`${column} is not null`)),
      primaryKey: isKeyed ? key : [],
    };
  };
  const all = { ...sources, calls, regions };
  const kept = Object.fromEntries(Object.entries(all).map(([name, source]) => [name, less(source, name)]));
  const input = await testInput({ sources: kept, models: { gold: { sql, pointInTime } } });
  const { results } = await auditProject(input, { attempts: 0 });
  return Object.fromEntries(
    results.filter(({ verdict }) => verdict === 'PROVED').map(({ column, facts = [] }) => [column, facts]),
  );
}

/** What each column's proof must name. */
const cases: readonly (readonly [name: string, sql: string, facts: Record<string, readonly string[]>])[] = [
  [
    'a bound on the availability itself rests on nothing',
    `select s.customer_id, s.prediction_time, (select sum(c.seconds) from raw.calls c
       where c.customer_id = s.customer_id and c.loaded_at <= s.prediction_time) as n from raw.spine s`,
    { '(rows)': [], n: [] },
  ],
  [
    'a bound on the event time rests on the axiom of the greatest delay',
    `select s.customer_id, s.prediction_time, (select sum(c.seconds) from raw.calls c
       where c.customer_id = s.customer_id and c.day <= s.prediction_time - interval 2 days) as n from raw.spine s`,
    {
      '(rows)': [],
      n: ["raw.calls: loaded_at <= day + interval '2 days'", 'raw.calls: loaded_at is not null'],
    },
  ],
  [
    'a dimension joined by its key rests on the key, where the key decides how many rows there are',
    `select s.customer_id, s.prediction_time, count(*) as n from raw.spine s
       left join raw.regions r on r.customer_id = s.customer_id and r.region = 'north'
       left join raw.calls c on c.customer_id = s.customer_id and c.loaded_at <= s.prediction_time group by all`,
    { '(rows)': [], n: ['raw.regions: unique (customer_id)'] },
  ],
];

describe('a proof names the declared facts that it cannot do without', () => {
  test.each(cases)('%s', async (_name, sql, facts) => {
    const found = await proved(sql);
    expect(found).toMatchObject(facts);
    for (const [column, named] of Object.entries(found)) {
      // Without what it does not name, it stands; without any one that it names, it falls.
      const declared = [
        ...[
          'day <= loaded_at',
          "loaded_at <= day + interval '2 days'",
          'seconds >= 0',
          'unique (customer_id, day)',
        ],
        ...['customer_id', 'day', 'loaded_at', 'seconds'].map((name) => `${name} is not null`),
      ].map((fact) => `raw.calls: ${fact}`);
      const unnamed = [...declared, 'raw.regions: unique (customer_id)'].filter(
        (fact) => named?.includes(fact) === false,
      );
      expect((await proved(sql, unnamed))[column]).toEqual(named);
      for (const fact of named ?? []) expect(await proved(sql, [fact])).not.toHaveProperty(column);
    }
  });
});
