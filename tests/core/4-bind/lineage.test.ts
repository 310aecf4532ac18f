import { expect, test as it } from 'vitest';
import { buildGraph } from '../../../core/3-graph/index.ts';
import { BindCache, bindProject } from '../../../core/4-bind/index.ts';
import { model, project, rendered, source } from '../fixture.ts';

const events = source('events', [
  'id bigint',
  'customer_id bigint',
  'ts timestamp',
  'amount double',
  'status varchar',
]);
const people = source('people', ['customer_id bigint', 'name varchar', 'since date']);
const dependsOn = ['source.shop.raw.events', 'source.shop.raw.people'];

async function lineage(sql: string): Promise<Record<string, string>> {
  const all = rendered(events, people, model({ name: 'm', sql, dependsOn }));
  const { graph } = buildGraph(all, project(all));
  const bound = await bindProject(project(all), all, graph, new BindCache('test'));
  expect(bound.diagnostics).toEqual([]);
  const columns = await bound.lineage('model.shop.m');
  bound.close();
  return Object.fromEntries(
    columns.map(({ column, from }) => [
      column,
      from
        .map((origin) => `${origin.node.split('.').pop()}.${origin.column}`)
        .sort()
        .join(' '),
    ]),
  );
}

const cases: readonly (readonly [string, string, Record<string, string>])[] = [
  [
    'expressions',
    "select id, amount * 2 + id as x, case when status = 'a' then amount end as c, 1 as one from raw.events",
    { id: 'events.id', x: 'events.amount events.id', c: 'events.amount events.status', one: '' },
  ],
  [
    'stars, joins and using',
    'select * exclude (ts, amount, status) from raw.events left join raw.people using (customer_id)',
    {
      id: 'events.id',
      customer_id: 'events.customer_id',
      name: 'people.name',
      since: 'people.since',
    },
  ],
  [
    'aggregates and windows',
    `select customer_id, count(*) as n, sum(amount) filter (where status = 'a') as total,
       lag(max(ts)) over (partition by customer_id order by customer_id) as before
     from raw.events group by customer_id`,
    {
      customer_id: 'events.customer_id',
      n: '',
      total: 'events.amount events.status',
      before: 'events.ts',
    },
  ],
  [
    'ctes, unions and distinct',
    `with a as (select id, status as label from raw.events), b as (select customer_id, name from raw.people)
     select distinct * from a union all select * from b`,
    { id: 'events.id people.customer_id', label: 'events.status people.name' },
  ],
  [
    'correlated and scalar subqueries',
    `select name, (select max(amount) from raw.events e where e.customer_id = p.customer_id) as top,
       (select min(ts) from raw.events) as first, exists (select 1 from raw.events where id = p.customer_id) as has
     from raw.people p`,
    { name: 'people.name', top: 'events.amount', first: 'events.ts' },
  ],
  [
    'recursion that swaps columns',
    `with recursive walk(a, b, step) as (
       select id, customer_id, 0 from raw.events union all select b, a, step + 1 from walk where step < 3
     ) select a, b, step from walk`,
    { a: 'events.customer_id events.id', b: 'events.customer_id events.id', step: '' },
  ],
  [
    'unnest and lists',
    'select id, unnest([amount, id]) as value from raw.events',
    { id: 'events.id', value: 'events.amount events.id' },
  ],
  [
    'as-of joins',
    'select e.id, p.name from raw.events e asof join raw.people p on e.customer_id = p.customer_id and e.ts >= p.since',
    { id: 'events.id', name: 'people.name' },
  ],
];

it.each(cases)('lineage through %s', async (_, sql, expected) => {
  expect(await lineage(sql)).toMatchObject(expected);
});
