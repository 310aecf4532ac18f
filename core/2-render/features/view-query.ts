import { type QueryCreator, sql } from 'kysely';
import { queryBuilder } from '../typed/duckdb-dialect.ts';
import { quoteName } from '../typed/keywords.ts';
import { ringOfCells, withCells } from './cell-query.ts';
import type { CompiledView } from './compile-view.ts';
import { conditions, expression, type Unknown } from './raw-sql.ts';
import { literalText } from './terms.ts';
import type { Range } from './window.ts';

/** The view's query as a template: a row per row of the spine, aggregates by range joins. */
export function viewQuery(compiled: CompiledView): string {
  const { clock, filtered, rings, streaks, outputs } = compiled;
  const { view } = clock;
  const keys = [...view.entity, view.predictionTime];
  const keysOf = (alias: string): string => keys.map((key) => `${alias}.${quoteName(key)}`).join(', ');
  const db = queryBuilder<Unknown>();
  const selectKeys = keys.map((key) => `s.${key}` as const);

  const conditionsOf = (range: Range): string[] => {
    const onKey = view.entity.map((key) => `d.${quoteName(key)} = s.${quoteName(key)}`);
    const known = `${clock.availableAt} <= ${clock.predictionTime}`;
    const start = range.start === undefined ? [] : [clock.lower(range.start)];
    const { cohort } = view;
    const within = cohort
      ? [`s.${quoteName(cohort.column)} in (${cohort.in.map(literalText).join(', ')})`]
      : [];
    return [...new Set([...onKey, known, ...start, clock.upper(range.end), ...within])];
  };
  const joined = (range: Range, only?: string) => {
    // First, since the instants it names must be in the spine's select.
    const onRange = conditions(conditionsOf(range));
    const spine = db
      .selectFrom(`${view.spine.name} as spine`)
      .selectAll()
      .select([...clock.instants].map(([name, text]) => expression(text, name)));
    return db
      .selectFrom((only === undefined ? spine : spine.where(conditions([only]))).as('s'))
      .innerJoin(`${view.from.name} as d`, (on) => on.on(onRange));
  };

  let query = db as unknown as QueryCreator<Unknown>;
  const hasFiltered = filtered.aggregates.size > 0;
  if (hasFiltered) {
    query = query.with('windows', () =>
      joined(filtered.join)
        .select(selectKeys)
        .select([...filtered.aggregates].map(([name, text]) => expression(text, name)))
        .groupBy(selectKeys),
    );
  }
  if (rings?.cells !== undefined) query = withCells(query, rings.cells, clock);
  for (const ring of rings?.rings ?? []) {
    query = query.with(ring.name, () => {
      // Cells are the calendar's. A spine may have other prediction times: there, rows are looked at one by one.
      const others = `spine.${quoteName(view.predictionTime)} not in (select calendar_times.prediction_time from calendar_times)`;
      const ofRows = joined(ring.range, ring.isOfCells ? others : undefined)
        .select(selectKeys)
        .select([...ring.parts].map(([part, { overRows }]) => expression(overRows, part)))
        .groupBy(selectKeys);
      return ring.isOfCells ? ringOfCells(ring, clock).unionAll(ofRows as never) : ofRows;
    }) as unknown as typeof query;
  }
  for (const { name, period, range } of streaks) {
    const pieces = `${name}_pieces`;
    const ranked = `${name}_ranked`;
    query = query
      .with(pieces, () =>
        joined(range)
          .select(selectKeys)
          .select(expression(clock.pieceNumber(period), 'piece'))
          .distinct(),
      )
      .with(ranked, (cte) =>
        (cte as unknown as typeof db)
          .selectFrom(`${pieces} as p`)
          .select(keys.map((key) => `p.${key}` as const))
          .select('p.piece')
          .select(expression(`row_number() over (partition by ${keysOf('p')} order by p.piece) - 1`, 'rank')),
      )
      .with(name, (cte) =>
        (cte as unknown as typeof db)
          .selectFrom(`${ranked} as r`)
          .select(keys.map((key) => `r.${key}` as const))
          .select(expression('count(*)', 'streak'))
          .where(sql<boolean>`r.piece = r.rank`)
          .groupBy(keys.map((key) => `r.${key}` as const)),
      ) as unknown as typeof query;
  }
  let select = (query as unknown as typeof db).selectFrom(`${view.spine.name} as s`);
  const leftJoin = (table: string, alias: string): void => {
    const on = keys.map((key) => `${quoteName(alias)}.${quoteName(key)} = s.${quoteName(key)}`);
    select = select.leftJoin(`${table} as ${alias}`, (join) =>
      join.on(sql<boolean>`${sql.raw(on.join('\n   and '))}`),
    ) as unknown as typeof select;
  };
  if (hasFiltered) leftJoin('windows', 'w');
  for (const { name } of rings?.rings ?? []) leftJoin(name, name);
  for (const { name } of streaks) leftJoin(name, name);
  return select
    .select(selectKeys)
    .select(outputs.map((output) => expression(output.sql, output.name)))
    .compile().sql;
}
