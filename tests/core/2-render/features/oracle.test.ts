import { DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { featureView } from '../../../../core/2-render/define/index.ts';
import { compileView } from '../../../../core/2-render/features/compile-view.ts';
import { viewQuery } from '../../../../core/2-render/features/view-query.ts';
import {
  back,
  between,
  day,
  deviation,
  type Edges,
  hour,
  least,
  mean,
  mode,
  most,
  ordered,
  quantile,
  type Row,
  type Seen,
  type SpineRow,
  slope,
  sum,
  type Value,
  values,
  windowOf,
} from './oracle.ts';

interface Columns {
  e: number;
  t: Date;
  a: Date;
  v: number | null;
  k: Date | null;
}
interface SpineColumns {
  e: number;
  p: Date;
  cohort: string;
}

const rowsTable = { relation: 'model', name: 'facts' } as const;
const spineTable = { relation: 'model', name: 'spine' } as const;

/** One feature of every kind. */
const viewOf = (edges: Edges, cohort: boolean) =>
  featureView<Columns, SpineColumns, ReturnType<typeof features>>({
    name: 'view',
    from: rowsTable,
    spine: spineTable,
    entity: 'e',
    predictionTime: 'p',
    time: 't',
    availableAt: 'a',
    edges,
    ...(cohort && { cohort: { column: 'cohort', in: ['new'] } as const }),
    features,
  });

const features = (
  f: Parameters<Parameters<typeof featureView<Columns, SpineColumns, never>>[0]['features']>[0],
) => ({
  rows: f.count().over('6h', '7d', '1mo'),
  ever: f.count().ever(),
  values: f.count('v').over('7d'),
  nothing: f.count('v').over('7d').default(-1),
  kinds: f.countDistinct('v').over('7d'),
  total: f.sum('v').over('7d', '2w'),
  unknown: f.sum('v').over('7d').default(null),
  minus: f.avg('v').over('7d').default(-1),
  earlier: f.sum('v').over('7d').offset('7d'),
  low: f.min('v').over('7d', '2w'),
  high: f.max('v').over('7d', '2w'),
  first: f.first('v').over('7d', '2w'),
  last: f.last('v').ever(),
  state: f.asOf('v').ever(),
  spread: f.stddev('v').over('7d', '2w'),
  middle: f.quantile('v', 0.3).over('2w'),
  usual: f.mode('v').over('2w'),
  known: f.avg('v').knownAt('k').over('2w'),
  big: f.share(f.count().where('v', '>', 2)).over('2w'),
  odd: f
    .count()
    .filter(f.sql`${f.col('v')} % 2 = 1`)
    .over('2w'),
  few: f.count().whereIn('v', [1, 3]).within('2w'),
  per: f.ratio(f.sum('v'), f.count()).over('2w'),
  damped: f.change(f.sum('v'), '7d'),
  relative: f.change(f.count(), '7d', 'relative'),
  difference: f.change(f.count(), '1mo', 'difference'),
  trend: f.slope(f.sum('v').per('2d'), '10d'),
  since_first: f.sinceFirst().ever(),
  since_last: f.sinceLast('hour').within('7d'),
  since_third: f.sinceNth(3).ever(),
  since_last_but_one: f.sinceNth(-2, 'hour').within('2w'),
  streak: f.streak('1d', '10d'),
  decayed: f.decay('v', '2d').ever(),
  divided: f.divide('total_7d', 'rows_7d'),
  derived: f.derive(f.sql`${f.feature('total_2w')} - 2 * ${f.feature('total_7d')}`),
  only: f.count().within('7d').onlyWhere('cohort', '=', 'new'),
});

function expected(rows: readonly Row[], at: SpineRow, edges: Edges): Record<string, Value> {
  const of = (window?: string, offset?: string) => windowOf(rows, at, edges, window, offset);
  const week = of('7d');
  const two = of('2w');
  const all = of();
  const piece = (start: string, end?: string) =>
    between(rows, at, edges, back(at.p, start), end === undefined ? at.p : back(at.p, end));
  const before = piece('14d', '7d');
  const notNull = (from: readonly (typeof week)[number][]) => ordered(from).filter(({ v }) => v !== null);
  const pieces = [1, 2, 3, 4, 5].map((n) => piece(`${2 * n}d`, n === 1 ? undefined : `${2 * n - 2}d`));
  let streak = 0;
  while (streak < 10 && piece(`${streak + 1}d`, streak === 0 ? undefined : `${streak}d`).length > 0) streak++;
  const over = (a: number, b: number): Value => (b === 0 ? null : a / b);
  const since = (row: Seen | undefined, unit: number): Value =>
    row === undefined ? null : Math.floor(at.p / unit) - Math.floor(row.t / unit);
  const first = ordered(all)[0];
  const last = ordered(week).at(-1);
  return {
    rows_6h: of('6h').length,
    rows_7d: week.length,
    rows_1mo: of('1mo').length,
    ever: all.length,
    values_7d: values(week).length,
    nothing_7d: values(week).length || -1,
    kinds_7d: new Set(values(week)).size,
    total_7d: sum(week),
    total_2w: sum(two),
    unknown_7d: values(week).length === 0 ? null : sum(week),
    minus_7d: mean(values(week)) ?? -1,
    earlier_7d: sum(before),
    low_7d: least(values(week)),
    low_2w: least(values(two)),
    high_7d: most(values(week)),
    high_2w: most(values(two)),
    first_7d: notNull(week)[0]?.v ?? null,
    first_2w: notNull(two)[0]?.v ?? null,
    last: notNull(all).at(-1)?.v ?? null,
    state: ordered(all).at(-1)?.v ?? null,
    spread_7d: deviation(values(week)),
    spread_2w: deviation(values(two)),
    middle_2w: quantile(values(two), 0.3),
    usual_2w: mode(values(two)),
    known_2w: mean(values(two.filter(({ k }) => k !== null && k <= at.p))),
    big_2w: over(values(two).filter((v) => v > 2).length, two.length),
    odd_2w: values(two).filter((v) => v % 2 === 1).length,
    few: values(two).filter((v) => v === 1 || v === 3).length,
    per_2w: over(sum(two), two.length),
    damped: (sum(week) - sum(before)) / (sum(before) + 1),
    relative: over(week.length - before.length, before.length),
    difference: of('1mo').length - piece('2mo', '1mo').length,
    trend: slope(pieces.map(sum).reverse()),
    since_first: since(first, day),
    since_last: since(last, hour),
    since_third: since(ordered(all)[2], day),
    since_last_but_one: since(ordered(two).at(-2), hour),
    streak,
    decayed: all.reduce((total, { t, v }) => total + (v ?? 0) * 0.5 ** ((at.p - t) / (2 * day)), 0),
    divided: over(sum(week), week.length),
    derived: sum(two) - 2 * sum(week),
    only: at.cohort === 'new' ? week.length : null,
  };
}

// Six-hour steps around a leap day: ties, edges and duplicates are the rule, not the exception.
const origin = Date.UTC(2024, 1, 1);
const moment = fc.integer({ min: 0, max: 200 }).map((step) => origin + step * 6 * 3_600_000);
const row: fc.Arbitrary<Row> = fc.record({
  e: fc.integer({ min: 1, max: 2 }),
  t: fc.option(moment, { freq: 20 }),
  a: fc.option(moment, { freq: 20 }),
  v: fc.option(fc.integer({ min: 0, max: 4 }), { freq: 5 }),
  k: fc.option(moment, { freq: 4 }),
});
const punctual = row.map((one) => ({ ...one, a: one.t }));
const spineRow: fc.Arbitrary<SpineRow> = fc.record({
  e: fc.integer({ min: 1, max: 3 }),
  p: moment,
  cohort: fc.constantFrom('new', 'old'),
});

/** Prediction times that cells are cut for; most spine rows have one of them, some another instant. */
const calendar = [14, 21, 28, 35, 42].map((days) => new Date(origin + days * day));
const timely: fc.Arbitrary<SpineRow> = spineRow.chain((one) =>
  fc.constantFrom(...calendar).map((p) => ({ ...one, p: p.getTime() })),
);

/** Instants with a zone, written down by clocks between Honolulu and Kiritimati; a session's own zone is always UTC. */
const offsets = [0, 5.75, -10, 14, -3.5];
function stamp(ms: number | null, type: string, nth = 0): string {
  if (ms === null) return 'null';
  const ahead = type === 'timestamptz' ? (offsets[nth % offsets.length] ?? 0) : 0;
  const clock = new Date(ms + ahead * hour).toISOString().slice(0, 19).replace('T', ' ');
  if (type !== 'timestamptz') return `${type} '${clock}'`;
  const [hours, minutes] = [Math.trunc(Math.abs(ahead)), (Math.abs(ahead) % 1) * 60];
  const two = (n: number) => String(n).padStart(2, '0');
  return `timestamptz '${clock}${ahead < 0 ? '-' : '+'}${two(hours)}:${two(minutes)}'`;
}

/** The types that event time, availability and prediction time may have, alike or mixed. */
const timeTypes = [
  { t: 'timestamp', a: 'timestamp', p: 'timestamp' },
  { t: 'timestamptz', a: 'timestamptz', p: 'timestamptz' },
  { t: 'timestamptz', a: 'timestamp', p: 'timestamptz' },
  { t: 'timestamp', a: 'timestamptz', p: 'timestamp' },
] as const;

test('every kind of feature is what a row-by-row computation says, on every kind of edge', async () => {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  await connection.run('set threads = 1');
  await connection.run("set TimeZone = 'UTC'");
  const kinds = ['[)', '(]', '[]', 'cohort'] as const;
  // With a FILTER for each window, with a join for each ring, and with rows summed up before that.
  const forms = ['filters', 'rings', 'cells'] as const;
  const queries = new Map(
    kinds.flatMap((kind) =>
      forms.map((form) => {
        const isCohort = kind === 'cohort';
        const view = viewOf(isCohort ? '[)' : kind, isCohort);
        const from = form === 'filters' ? Number.POSITIVE_INFINITY : 0;
        const template = viewQuery(compileView(view, from, form === 'cells' ? calendar : undefined));
        return [`${kind} ${form}`, template.replace(/\{\{ ref\('(\w+)'\) \}\}/g, '$1')];
      }),
    ),
  );
  for (const [form, query] of queries) {
    expect(query.includes('ring_1'), form).toBe(!form.endsWith('filters'));
    expect(query.includes('from cells'), form).toBe(form === '[) cells');
    expect(query.includes('row_ring_1'), form).toBe(form === '[) cells');
  }
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.oneof(row, punctual), { maxLength: 40 }),
      fc.uniqueArray(fc.oneof(timely, spineRow), {
        minLength: 1,
        maxLength: 6,
        selector: ({ e, p }) => `${e} ${p}`,
      }),
      fc.constantFrom(...kinds),
      fc.constantFrom(...forms),
      fc.constantFrom(...timeTypes),
      async (rows, spine, kind, form, type) => {
        const edges = kind === 'cohort' ? '[)' : kind;
        await connection.run(
          `create or replace table facts (e integer, t ${type.t}, a ${type.a}, v integer, k ${type.a})`,
        );
        await connection.run(`create or replace table spine (e integer, p ${type.p}, cohort varchar)`);
        if (rows.length > 0) {
          const cells = rows.map(
            ({ e, t, a, v, k }, i) =>
              `(${e}, ${stamp(t, type.t, i)}, ${stamp(a, type.a, i + 1)}, ${v}, ${stamp(k, type.a, i + 2)})`,
          );
          await connection.run(`insert into facts values ${cells.join(', ')}`);
        }
        const keys = spine.map(({ e, p, cohort }) => `(${e}, ${stamp(p, type.p, e)}, '${cohort}')`);
        await connection.run(`insert into spine values ${keys.join(', ')}`);
        const sql = `select epoch_ms(p)::bigint as at, * exclude (p) from (${queries.get(`${kind} ${form}`)})`;
        const got = (await connection.runAndReadAll(sql)).getRowObjectsJS();
        expect(got.length).toBe(spine.length);
        for (const at of spine) {
          const found = got.find(({ e, at: p }) => e === at.e && Number(p) === at.p) ?? {};
          const isOut = kind === 'cohort' && at.cohort !== 'new';
          for (const [name, inside] of Object.entries(expected(rows, at, edges))) {
            const value = isOut ? null : inside;
            const is = found[name];
            const shown = `${kind} ${form} ${name} of ${at.e} at ${new Date(at.p).toISOString()}`;
            if (value === null || is === null) expect({ [shown]: is }).toEqual({ [shown]: value });
            else expect(Number(is), shown).toBeCloseTo(value, 9);
          }
          expect(Object.keys(found).length).toBe(Object.keys(expected(rows, at, edges)).length + 2);
        }
      },
    ),
    { numRuns: 120 },
  );
});
