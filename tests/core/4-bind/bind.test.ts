import { afterEach, describe, expect, test as it } from 'vitest';
import type { Rendered } from '../../../core/2-render/index.ts';
import { buildGraph } from '../../../core/3-graph/index.ts';
import { BindCache, type Bound, bindProject } from '../../../core/4-bind/index.ts';
import { model, project, rendered, source, test } from '../fixture.ts';

const open: Bound[] = [];
afterEach(() => {
  for (const bound of open.splice(0)) bound.close();
});

async function bind(nodes: readonly Rendered[], cache = new BindCache('test'), spec = {}) {
  const all = rendered(...nodes);
  const { graph } = buildGraph(all, project(all, spec));
  const bound = await bindProject(project(all, spec), all, graph, cache);
  open.push(bound);
  return bound;
}

const events = source('events', [
  'id bigint',
  'customer_id bigint',
  'ts timestamp',
  'amount double',
  'status varchar',
]);
const reads = ['source.shop.raw.events'];
const on = (name: string, sql: string, rest = {}) => model({ name, sql, dependsOn: reads, ...rest });

/** `CH402 3:5 message` of every diagnostic. */
const said = (bound: Bound) =>
  bound.diagnostics.map(
    ({ code, span, message }) => `${code} ${span?.start.line}:${span?.start.column} ${message}`,
  );

describe('binding', () => {
  it('gives every node its types, through views, tables and ephemeral models', async () => {
    const bound = await bind([
      events,
      on('a', 'select id, amount * 2 as twice, ts::date as day from raw.events'),
      model({
        name: 'e',
        sql: 'select id, twice from main.a',
        dependsOn: ['a'],
        config: { materialized: 'ephemeral' },
      }),
      model({
        name: 'b',
        sql: 'with e as (select id, twice from main.a) select sum(id) as ids, count(*) as n from e',
        dependsOn: ['e'],
      }),
    ]);
    expect(said(bound)).toEqual([]);
    expect(bound.columns.get('model.shop.a')).toEqual([
      { name: 'id', type: 'BIGINT' },
      { name: 'twice', type: 'DOUBLE' },
      { name: 'day', type: 'DATE' },
    ]);
    expect(bound.columns.get('model.shop.b')).toEqual([
      { name: 'ids', type: 'HUGEINT' },
      { name: 'n', type: 'BIGINT' },
    ]);
  });

  it('finds all errors of all models in one run, each at its place, and checks nothing behind them', async () => {
    const bound = await bind([
      events,
      on('typo', 'select\n  id,\n  amuont\nfrom raw.events'),
      on('unicode', "select\n  'Größe – 日本語' as label, ammount from raw.events"),
      on('fine', 'select id from raw.events'),
      model({ name: 'behind', sql: 'select * from main.typo', dependsOn: ['typo'] }),
      model({ name: 'far', sql: 'select * from main.behind', dependsOn: ['behind'] }),
      test({ name: 'on_behind', sql: 'select nothing', dependsOn: ['behind'] }),
    ]);
    expect(said(bound)).toEqual([
      'CH402 3:3 Column `amuont` does not exist',
      'CH450 3:3 3 nodes were not checked because `typo` failed: `behind`, `far`, `on_behind`',
      'CH402 2:27 Column `ammount` does not exist',
    ]);
    expect(bound.diagnostics[0]?.fix).toBe('Did you mean `amount`?');
    expect(bound.diagnostics[0]?.span?.end.column).toBe(9);
    expect([...bound.notChecked.keys()].sort()).toEqual([
      'model.shop.behind',
      'model.shop.far',
      'test.shop.on_behind',
    ]);
    expect(bound.columns.has('model.shop.fine')).toBe(true);
  });

  const errors: readonly (readonly [string, string, string])[] = [
    ['select id,, ts from raw.events', 'CH401', '1:11'],
    ['select id from raw.events where', 'CH401', '1:27'],
    ["select 'abc from raw.events", 'CH401', '1:8'],
    ['', 'CH401', '1:1'],
    ['select e.amuont from raw.events e', 'CH402', '1:8'],
    ['select * exclude (amuont) from raw.events', 'CH402', '1:19'],
    ['select * from raw.events join raw.events b using (idd)', 'CH402', '1:51'],
    ['select * from evnts', 'CH403', '1:15'],
    ['select * from nowhere.evnts', 'CH403', '1:15'],
    ['select amuont(1)', 'CH404', '1:8'],
    ['select row_number() from raw.events', 'CH404', '1:8'],
    ['select id from raw.events a join raw.events b on a.id = b.id', 'CH405', '1:8'],
    ['select id, sum(amount) from raw.events', 'CH406', '1:8'],
    ['select id from raw.events where sum(amount) > 1', 'CH407', '1:33'],
    ['select sum(sum(amount)) from raw.events', 'CH407', '1:12'],
    ['select sum(status) from raw.events', 'CH408', '1:8'],
    ['select status + 1 from raw.events', 'CH408', '1:15'],
    ['select ts < id from raw.events', 'CH409', '1:11'],
    ['select coalesce(ts, 0) from raw.events', 'CH409', '1:8'],
    ['select id, ts from raw.events union all select id from raw.events', 'CH410', '1:31'],
    ['select x.id from raw.events', 'CH411', '1:8'],
    ['select id::strng from raw.events', 'CH412', '1:12'],
    ['select (select id, ts from raw.events)', 'CH413', '1:8'],
    ["select * from read_csv('/nowhere/x.csv')", 'CH414', '1:15'],
    ['select 1; select 2', 'CH416', '1:9'],
    ['delete from raw.events', 'CH417', '1:1'],
    ['/* why */ insert into x select 1', 'CH417', '1:11'],
    ['select * from main.other', 'CH418', '1:15'],
    ['select id, ts, id from raw.events', 'CH419', '1:1'],
    ['select id, row(ts) as r from raw.events', 'CH445', '1:1'],
    ['select id, [{a: row(ts::timestamptz, null)}] as r from raw.events', 'CH445', '1:1'],
  ];

  it.each(errors)('explains %s', async (sql, code, at) => {
    const bound = await bind([events, on('broken', sql), on('other', 'select 1 as one')]);
    expect(said(bound).map((text) => text.split(' ').slice(0, 2))).toEqual([[code, at]]);
  });

  it('takes structs with names for what they are, whatever the names', async () => {
    const sql = `select {a: ts, 'b c': {"select": id}, timestamp: ts::timestamptz} as r, [{'q"r': null}] as s,
      'x'::enum('STRUCT(x)', 'x') as e from raw.events`;
    const bound = await bind([events, on('named', sql), on('other', 'select r from named')]);
    // Made as a table, it is found by what reads it.
    expect(said(bound).map((text) => text.slice(0, 5))).toEqual(['CH418']);
  });

  it('survives a batch in which everything fails, and keeps each error with its model', async () => {
    const many = Array.from({ length: 60 }, (_, index) =>
      on(`m${index}`, `select wrong_${index} from raw.events`),
    );
    const bound = await bind([events, ...many]);
    expect(bound.diagnostics.map(({ node, message }) => [node, message]).sort()).toEqual(
      many.map(({ uniqueId, name }) => [uniqueId, `Column \`wrong_${name.slice(1)}\` does not exist`]).sort(),
    );
  });

  it('does not let one model end the statement of another', async () => {
    const bound = await bind([
      events,
      on(
        'first',
        'select 1) as x)) union all select 1, column_name, column_type from (describe (select 2 -- ',
      ),
      on('second', "select 'open from raw.events"),
      on('third', "select 'too from raw.events"),
      on('fourth', 'select id from raw.events; -- the end\n'),
    ]);
    expect([...bound.columns.keys()]).toEqual(['source.shop.raw.events', 'model.shop.fourth']);
    expect(bound.diagnostics.map(({ node }) => node)).toEqual([
      'model.shop.first',
      'model.shop.second',
      'model.shop.third',
    ]);
  });
});

describe('the bind cache', () => {
  const nodes = [
    events,
    on('a', 'select id, amount from raw.events'),
    model({ name: 'b', sql: 'select * from main.a', dependsOn: ['a'] }),
    on('broken', 'select nope from raw.events'),
  ];
  const again = (cache: BindCache) => new BindCache('test', cache.serialize());

  it('answers everything the second time, errors too', async () => {
    const cache = new BindCache('test');
    const first = await bind(nodes, cache);
    const second = await bind(nodes, again(cache));
    expect(second.statistics).toEqual({ bound: 0, cached: 3 });
    expect(said(second)).toEqual(said(first));
    expect([...second.columns]).toEqual([...first.columns]);
  });

  it('binds what changed, and what reads it only if its columns changed', async () => {
    const cache = new BindCache('test');
    await bind(nodes, cache);
    const same = [...nodes];
    same[1] = on('a', 'select id, amount from raw.events where id > 1');
    expect((await bind(same, again(cache))).statistics).toEqual({ bound: 1, cached: 2 });
    same[1] = on('a', 'select id, amount, ts from raw.events');
    const changed = await bind(same, again(cache));
    expect(changed.statistics).toEqual({ bound: 2, cached: 1 });
    expect(changed.columns.get('model.shop.b')?.map(({ name }) => name)).toEqual(['id', 'amount', 'ts']);
  });

  it('says nothing changed by writing nothing', async () => {
    const cache = new BindCache('test');
    await bind(nodes, cache);
    const second = again(cache);
    await bind(nodes, second);
    expect(second.serialize()).toBeUndefined();
  });

  it.each([
    ['cut off', (text: string) => text.slice(0, text.length / 2)],
    ['of another version', (text: string) => text.replace(/"version":\d+/, '"version":0')],
    ['of another engine', (text: string) => text.replace('"engine":"test"', '"engine":"older"')],
    ['with lists missing', (text: string) => text.replace(/"lists":\[.*?\]\]/, '"lists":[]')],
    ['not JSON', () => 'hello'],
  ])('ignores a file %s', async (_, damage) => {
    const cache = new BindCache('test');
    await bind(nodes, cache);
    const bound = await bind(nodes, new BindCache('test', damage(cache.serialize() ?? '')));
    expect(bound.statistics.bound).toBe(3);
    expect(bound.columns.get('model.shop.b')).toHaveLength(2);
  });
});
