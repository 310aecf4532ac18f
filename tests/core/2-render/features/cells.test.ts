import { DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Calendar } from '../../../../core/2-render/define/calendar.ts';
import { daily, monthly, weekly } from '../../../../core/2-render/define/calendar.ts';
import { type ParsedDuration, parseDuration } from '../../../../core/2-render/define/duration.ts';
import { calendarQuery } from '../../../../core/2-render/features/calendar-query.ts';
import { declaredTimes } from '../../../../core/2-render/features/calendar-times.ts';
import { cutCells } from '../../../../core/2-render/features/cells.ts';

const times = (calendar: Calendar): Date[] => declaredTimes(calendar) ?? [];
const iso = (date: Date): string => date.toISOString().slice(0, 10);
const ring = (start: string, end?: string) => ({
  range: { start: [duration(start)], end: end === undefined ? [] : [duration(end)] },
});

function duration(text: string): ParsedDuration {
  const parsed = parseDuration(text);
  if (parsed === undefined) throw new Error(text);
  return parsed;
}

describe('the prediction times that a calendar declares', () => {
  test('are those that its SQL gives', async () => {
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    const two = (n: number) => String(n).padStart(2, '0');
    const first = fc
      .tuple(
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 26, max: 31 }),
        fc.integer({ min: 0, max: 23 }),
      )
      .map(([month, day, hour]) => {
        const last = new Date(Date.UTC(2024, month, 0)).getUTCDate();
        return `2024-${two(month)}-${two(Math.min(day, last))}${hour % 2 === 0 ? '' : ` ${two(hour)}:30`}`;
      });
    await fc.assert(
      fc.asyncProperty(
        first,
        fc.constantFrom(monthly, weekly, daily),
        fc.oneof(
          fc.integer({ min: 1, max: 30 }).map((count) => ({ count })),
          fc.integer({ min: 1, max: 28 }).map((day) => ({ until: `2025-03-${two(day)}` })),
        ),
        fc.constantFrom(undefined, '1d', '6h', '1mo'),
        async (from, unit, last, before) => {
          const calendar = unit({ first: from, ...last, ...(before && { before }) } as never);
          const sql = calendarQuery(calendar, ['e'], 'p');
          const ordered = `select epoch_ms(p)::double from (${sql}) order by 1`;
          const got = (await connection.runAndReadAll(ordered)).getRows().map(([ms]) => Number(ms));
          expect(got.length).toBeGreaterThan(0);
          expect(times(calendar).map((at) => at.getTime())).toEqual(got);
        },
      ),
      { numRuns: 200 },
    );
  });

  test('are unknown where they are not written down, or wrongly', () => {
    expect(
      declaredTimes({ kind: 'times', of: { relation: 'model', name: 'm' }, column: 'c' }),
    ).toBeUndefined();
    expect(declaredTimes(monthly({ first: '2024-13-01', count: 3 }))).toBeUndefined();
    expect(declaredTimes(monthly({ first: '2024-01-01', count: 1.5 }))).toBeUndefined();
    expect(declaredTimes(monthly({ first: '2024-01-01', until: 'soon' }))).toBeUndefined();
    expect(declaredTimes(daily({ first: '2024-01-01', count: 1e9 }))).toBeUndefined();
    expect(
      declaredTimes(monthly({ first: '2024-01-01', count: 3, before: 'a day' as never })),
    ).toBeUndefined();
  });
});

describe('cells', () => {
  const half = [ring('7d'), ring('30d', '7d'), ring('90d', '30d'), ring('180d', '90d')];
  const year = times(monthly({ first: '2024-02-01', count: 12 }));

  test('each ring of each time is whole cells, one after the other', () => {
    const { cells = [] } = cutCells(year, half) ?? {};
    expect(cells.length).toBe(52);
    for (const time of year) {
      for (const { range } of half) {
        const ago = (days: readonly ParsedDuration[]) =>
          time.getTime() - days.reduce((sum, { longest }) => sum + longest / 1000, 0);
        const [from, to] = [ago(range.start), ago(range.end)];
        const within = cells.filter(({ since, until }) => from <= since.getTime() && until.getTime() <= to);
        expect(within.reduce((sum, { since, until }) => sum + until.getTime() - since.getTime(), 0)).toBe(
          to - from,
        );
        for (const { firstUse } of within) expect(firstUse <= time).toBe(true);
      }
    }
  });

  test('are used first by the earliest time that looks back on them', () => {
    const { cells = [] } =
      cutCells(times(monthly({ first: '2025-03-01', count: 2 })), [ring('40d')], true) ?? {};
    expect(cells.map(({ since, until, firstUse }) => [since, until, firstUse].map(iso))).toEqual([
      ['2025-01-20', '2025-02-20', '2025-03-01'],
      ['2025-02-20', '2025-03-01', '2025-03-01'],
      ['2025-03-01', '2025-04-01', '2025-04-01'],
    ]);
  });

  test('leave out days that no window holds', () => {
    const { cells = [] } = cutCells(year.slice(0, 2), [ring('7d')], true) ?? {};
    expect(cells.map(({ since, until }) => `${iso(since)} ${iso(until)}`)).toEqual([
      '2024-01-25 2024-02-01',
      '2024-02-23 2024-03-01',
    ]);
  });

  test.each([
    ['a time that is no midnight', times(monthly({ first: '2024-02-01 06:00', count: 12 })), half],
    ['a bound that is none', year, [ring('12h'), ...half]],
    ['all of the history', year, [...half, { range: { start: undefined, end: [] } }]],
  ])('are not cut for %s', (_, at, rings) => {
    expect(cutCells(at, rings, true)).toBeUndefined();
  });

  test.each([
    ['days that few times look back on', year, [ring('7d'), ring('30d', '7d')]],
    ['cells of a day', times(daily({ first: '2024-02-01', count: 90 })), half],
    ['years of days', times(daily({ first: '2020-02-01', count: 2000 })), half],
  ])('do not pay for %s', (_, at, rings) => {
    expect(cutCells(at, rings)).toBeUndefined();
  });
});
