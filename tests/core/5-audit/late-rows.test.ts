import { describe, expect, test } from 'vitest';
import type { RenderedNode } from '../../../core/2-render/index.ts';
import { auditProject } from '../../../core/5-audit/index.ts';
import { testInput } from './support/project.ts';
import { sources } from './support/sources.ts';

const pointInTime = { entity: ['customer_id'], predictionTime: 'prediction_time' };
const models = {
  daily: { sql: 'select customer_id, event_ts, loaded_at, amount from raw.events' },
  gold: {
    sql: `select s.customer_id, s.prediction_time, sum(d.amount) as total
from raw.spine s left join main.daily d on d.customer_id = s.customer_id and d.loaded_at <= s.prediction_time
group by all`,
    pointInTime,
  },
};

/** Diagnostics of the project when `daily` is incremental with a filter. */
async function warnings(filter: string): Promise<string[]> {
  const input = await testInput({ sources, models });
  const daily = input.graph.nodes.get('model.test.daily') as RenderedNode;
  const sql = `${daily.sql} where ${filter}`;
  const nodes = new Map(input.graph.nodes).set(daily.uniqueId, {
    ...daily,
    incremental: { ...daily.incremental, sql } as RenderedNode['incremental'],
  });
  const report = await auditProject({ ...input, graph: { ...input.graph, nodes } }, { witnesses: false });
  expect(report.results.every(({ verdict }) => verdict === 'PROVED')).toBe(true);
  return report.diagnostics.map(({ code, severity, message }) => `${code} ${severity} ${message}`);
}

describe('an incremental filter', () => {
  test.each([
    'event_ts > (select max(event_ts) from main.daily)',
    'event_ts >= (select coalesce(max(event_ts), timestamp \'1970-01-01\') from "memory"."main"."daily")',
    'event_ts::date > (select max(d.event_ts)::date from main.daily as d)',
  ])('that freezes late rows out is warned about: %s', async (filter) => {
    expect(await warnings(filter)).toEqual([
      'CH504 warning the incremental filter of daily compares event_ts, which is not when its rows become available',
    ]);
  });

  test.each([
    'loaded_at > (select max(loaded_at) from main.daily)',
    "loaded_at > (select coalesce(max(loaded_at), timestamp '1970-01-01') from main.daily)",
    "event_ts > (select max(event_ts) - interval '10 days' from main.daily)",
    'event_ts > (select max(event_ts) from main.daily) - interval 10 day',
    'customer_id not in (select customer_id from main.daily)',
  ])('by arrival, or with a look-back, is not: %s', async (filter) => {
    expect(await warnings(filter)).toEqual([]);
  });
});
