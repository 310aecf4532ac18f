import { type QueryCreator, type SelectQueryBuilder, sql } from 'kysely';
import { queryBuilder } from '../typed/duckdb-dialect.ts';
import { dayLength } from './calendar-times.ts';
import { conditions, expression, type Unknown } from './raw-sql.ts';
import type { Ring, SummedCells } from './rings.ts';
import { type Clock, less } from './window.ts';

type Query = SelectQueryBuilder<Unknown, string, Record<string, unknown>>;

/**
 * A query that may read, besides what it can already, the tables that rows are summed up by: `calendar_times`, the list of their cells, the
 * days of each, and `cells`: what the rows of an entity in a cell add up to. Rows that became known after the first
 * prediction time that could use them are apart there, by when that was.
 */
export function withCells(
  query: QueryCreator<Unknown>,
  { times, cells, sums }: SummedCells,
  clock: Clock,
): QueryCreator<Unknown> {
  const { view, time, availableAt } = clock;
  const db = queryBuilder<Unknown>();
  const first = cells[0]?.since ?? new Date(0);
  const days = ((cells.at(-1)?.until.getTime() ?? 0) - first.getTime()) / dayLength;
  const keys = view.entity.map((key) => `d.${key}` as const);
  const knownBy = `greatest(c.first_use, ${availableAt})`;
  return query
    .with('calendar_times', () =>
      listed(
        times.map((at) => [midnight(at)]),
        'prediction_time',
      ),
    )
    .with('cell_list', () =>
      listed(
        cells.map(({ since, until, firstUse }) => [date(since), date(until), midnight(firstUse)]),
        'since, until, first_use',
      ),
    )
    .with('cell_days', () =>
      db
        .selectFrom(sql<Record<string, unknown>>`range(0, ${sql.lit(days)})`.as<'n'>(sql`n(n)`))
        .innerJoin('cell_list as c', (on) =>
          on.on(conditions([`${dayOf(first)} >= c.since`, `${dayOf(first)} < c.until`])),
        )
        .select(expression(dayOf(first), 'day'))
        .select(['c.since', 'c.until', 'c.first_use']),
    )
    .with(
      (table) => table('cells').materialized(),
      () =>
        db
          .selectFrom(`${view.from.name} as d`)
          .innerJoin('cell_days as c', (on) => on.on(conditions([`c.day = ${time}::date`])))
          .select(keys)
          .select(['c.since as _since', 'c.until as _until'])
          .select(expression(knownBy, '_known_by'))
          .select([...sums].map(([name, text]) => expression(text, name)))
          // greatest() would take a row of which nobody knows when it was known for one known in time.
          .where(conditions([`${availableAt} is not null`]))
          .groupBy([...keys, 'c.since', 'c.until', sql.raw(knownBy)]),
    ) as unknown as QueryCreator<Unknown>;
}

const at = 't.prediction_time';

/** A ring of the calendar's prediction times: the cells within it, added up. */
export function ringOfCells({ range, parts }: Ring, { view }: Clock): Query {
  const db = queryBuilder<Unknown>();
  const keys = view.entity.map((key) => `c.${key}` as const);
  return db
    .selectFrom('cells as c')
    .innerJoin(
      db
        .selectFrom('cell_list as l')
        .innerJoin('calendar_times as t', (on) =>
          on.on(
            conditions([`l.since >= ${less(at, range.start ?? [])}`, `l.until <= ${less(at, range.end)}`]),
          ),
        )
        .select(['l.since', 'l.until', at])
        .as('t'),
      (on) => on.on(conditions(['t.since = c._since', 't.until = c._until', `c._known_by <= ${at}`])),
    )
    .select(keys)
    .select(expression(at, view.predictionTime))
    .select(
      [...parts].flatMap(([name, { overCells }]) =>
        overCells === undefined ? [] : [expression(overCells, name)],
      ),
    )
    .groupBy([...keys, at]) as unknown as Query;
}

/** Rows written out, as a table of these columns. */
function listed(rows: readonly (readonly string[])[], columns: string) {
  const lines = rows.map((row) => `(${row.join(', ')})`).join(',\n    ');
  return queryBuilder<Unknown>()
    .selectFrom(
      sql<Record<string, unknown>>`(values\n    ${sql.raw(lines)})`.as<'listed'>(
        sql`listed(${sql.raw(columns)})`,
      ),
    )
    .selectAll();
}

const iso = (at: Date): string => at.toISOString().slice(0, 10);
const date = (at: Date): string => `date '${iso(at)}'`;
const midnight = (at: Date): string => `timestamp '${iso(at)}'`;
const dayOf = (first: Date): string => `(${midnight(first)} + to_days(n.n::integer))::date`;
