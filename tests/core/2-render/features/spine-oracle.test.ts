import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import {
  type Calendar,
  daily,
  eachEvent,
  monthly,
  type Spine,
  spine,
  timesOf,
  weekly,
} from '../../../../core/2-render/define/index.ts';
import { compileSpine } from '../../../../core/2-render/features/spine-query.ts';

interface Version {
  readonly e: number;
  readonly known: number | null;
  readonly start: number | null;
  readonly end: number | null;
  readonly tier: number;
}
interface Happening {
  readonly e: number;
  readonly t: number;
}

const day = 24 * 3_600_000;
const origin = Date.UTC(2024, 0, 1);
const versions = { relation: 'model', name: 'versions' } as const;
const happenings = { relation: 'model', name: 'happenings' } as const;
const times = { relation: 'model', name: 'times' } as const;
const completeUntil = '2024-05-01';

const cohorts = {
  new: { until: '20d', observed: '5d', horizon: '7d' },
  middle: { until: '6w', observed: '30d', horizon: '14d' },
  old: { horizon: '30d' },
} as const;
const bounds = [
  { name: 'new', from: 0, until: 20, observed: 5, horizon: 7 },
  { name: 'middle', from: 20, until: 42, observed: 30, horizon: 14 },
  { name: 'old', from: 42, until: Number.POSITIVE_INFINITY, observed: 42, horizon: 30 },
];

const spineOf = (calendar: Calendar, label: 'end' | 'present' | 'absent'): Spine =>
  spine<Record<'e' | 'known' | 'start' | 'ended' | 'tier', Date>, Record<'t', Date>>({
    name: 'spine',
    from: versions,
    entity: 'e',
    knownFrom: 'known',
    start: 'start',
    end: 'ended',
    calendar,
    predictionTime: 'p',
    cohorts,
    keep: ['tier'],
    label: {
      column: 'label',
      completeUntil,
      ...(label === 'end'
        ? { daysUntil: 'days' }
        : { events: { of: happenings, time: 't', is: label } as const }),
    },
  });

/** Prediction times of an entity, as a person would list them. */
function timesFor(kind: string, entity: number, happened: readonly Happening[]): number[] {
  switch (kind) {
    case 'monthly':
      return [Date.UTC(2024, 0, 31), Date.UTC(2024, 1, 29), Date.UTC(2024, 2, 31)].map((time) => time - day);
    case 'weekly':
      return [0, 7, 14, 21, 28, 35, 42].map((n) => origin + n * day);
    case 'daily':
      return Array.from({ length: 60 }, (_, n) => origin + n * day + 6 * 3_600_000);
    case 'times':
      return [origin + 30 * day, origin + 61.5 * day];
    default:
      return [...new Set(happened.filter(({ e }) => e === entity).map(({ t }) => t + day))];
  }
}

const calendars: Readonly<Record<string, Calendar>> = {
  monthly: monthly({ first: '2024-01-31', count: 3, before: '1d' }),
  weekly: weekly({ first: '2024-01-01', until: '2024-02-18' }),
  daily: daily({ first: '2024-01-01 06:00:00', count: 60 }),
  times: timesOf<Record<'at', Date>>(times, 'at'),
  events: eachEvent<Record<'e' | 't', Date>>(happenings, { entity: 'e', knownAt: 't', delay: '1d' }),
};

function expected(
  all: readonly Version[],
  happened: readonly Happening[],
  kind: string,
  label: 'end' | 'present' | 'absent',
): string[] {
  const rows: string[] = [];
  for (const entity of new Set(all.map(({ e }) => e))) {
    for (const p of timesFor(kind, entity, happened)) {
      const [now] = all
        .filter(({ e, known }) => e === entity && known !== null && known <= p)
        .sort((a, b) => (b.known as number) - (a.known as number));
      if (now?.start == null || now.start > p || (now.end !== null && now.end <= p)) continue;
      const tenure = (p - now.start) / day;
      const cohort = bounds.find(({ until }) => tenure < until) as (typeof bounds)[number];
      if (tenure < cohort.observed) continue;
      const until = p + cohort.horizon * day;
      const isComplete = until <= Date.parse(`${completeUntil}T00:00Z`);
      const ends = now.end !== null && now.end <= until;
      const happens = happened.some(({ e, t }) => e === entity && t > p && t <= until);
      const value = label === 'end' ? ends : happens === (label === 'present');
      const whole = (time: number) => Math.floor(time / day);
      rows.push(
        JSON.stringify([
          entity,
          p,
          cohort.name,
          whole(p) - whole(now.start),
          now.tier,
          cohort.horizon,
          until,
          isComplete ? value : null,
          ...(label === 'end' ? [isComplete && ends ? whole(now.end as number) - whole(p) : null] : []),
        ]),
      );
    }
  }
  return rows.sort();
}

let connection: DuckDBConnection;
beforeAll(async () => {
  connection = await (await DuckDBInstance.create(':memory:')).connect();
  await connection.run('set threads = 1');
  await connection.run(
    'create table versions (e integer, known timestamp, start timestamp, ended timestamp, tier integer)',
  );
  await connection.run('create table happenings (e integer, t timestamp)');
  await connection.run(
    "create table times as select unnest([timestamp '2024-01-31', timestamp '2024-01-31', timestamp '2024-03-02 12:00:00']) as at",
  );
});

const moment = fc.integer({ min: -200, max: 500 }).map((step) => origin + step * 6 * 3_600_000);
const version = fc.record({
  e: fc.integer({ min: 1, max: 3 }),
  known: fc.option(moment, { freq: 20 }),
  start: fc.option(moment, { freq: 20 }),
  end: fc.option(moment, { freq: 2 }),
  tier: fc.integer({ min: 1, max: 3 }),
});
const happening = fc.record({ e: fc.integer({ min: 1, max: 3 }), t: moment });
const stamp = (ms: number | null) =>
  ms === null ? 'null' : `timestamp '${new Date(ms).toISOString().slice(0, 19).replace('T', ' ')}'`;

test('a spine has the rows, cohorts and labels that a row-by-row computation says', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(version, { maxLength: 8, selector: ({ e, known }) => `${e} ${known}` }),
      fc.array(happening, { maxLength: 12 }),
      fc.constantFrom(...Object.keys(calendars)),
      fc.constantFrom('end' as const, 'present' as const, 'absent' as const),
      async (all, happened, kind, label) => {
        await connection.run('delete from versions');
        await connection.run('delete from happenings');
        for (const { e, known, start, end, tier } of all)
          await connection.run(
            `insert into versions values (${e}, ${stamp(known)}, ${stamp(start)}, ${stamp(end)}, ${tier})`,
          );
        for (const { e, t } of happened)
          await connection.run(`insert into happenings values (${e}, ${stamp(t)})`);
        const { template } = compileSpine(spineOf(calendars[kind] as Calendar, label));
        const sql = template.replace(/\{\{ ref\('(\w+)'\) \}\}/g, '$1');
        const days = label === 'end' ? ', days' : '';
        const got = await connection.runAndReadAll(
          `select e, epoch_ms(p)::double, cohort, tenure_days, tier, horizon_days, epoch_ms(label_known_at)::double, label${days} from (${sql})`,
        );
        const rows = got.getRowsJS().map((row) => JSON.stringify(row));
        expect(rows.sort()).toEqual(expected(all, happened, kind, label));
      },
    ),
    { numRuns: 50 },
  );
});
