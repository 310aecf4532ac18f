import { describe, expect, test as it } from 'vitest';
import type { ConfigValue, Project } from '../../../core/1-load/index.ts';
import {
  buildGraph,
  compareState,
  fingerprints,
  type SelectionOptions,
  select,
} from '../../../core/3-graph/index.ts';
import { noSpan } from '../bare.ts';
import { model, project, rendered, source, test } from '../fixture.ts';

/** raw.events -> stg_events -> daily -> gold; raw.people -> stg_people -> gold; seed countries -> stg_people. */
const nodes = rendered(
  source('events', ['id bigint'], { tags: ['landed'] }),
  source('people', ['id bigint']),
  model({ name: 'countries', kind: 'seed', path: 'seeds/countries.csv' }),
  model({
    name: 'stg_events',
    path: 'models/staging/stg_events.sql',
    dependsOn: ['source.shop.raw.events'],
    config: { tags: ['daily', 'staging'], materialized: 'view' },
  }),
  model({
    name: 'stg_people',
    path: 'models/staging/crm/stg_people.sql',
    dependsOn: ['source.shop.raw.people', 'seed.shop.countries'],
    config: { tags: ['staging'], meta: { owner: 'crm', reviewers: ['ann', 'bob'] } },
  }),
  model({
    name: 'daily',
    path: 'models/marts/daily.sql',
    dependsOn: ['stg_events'],
    config: { materialized: 'incremental', tags: ['daily'] },
  }),
  model({ name: 'gold', path: 'models/marts/gold.sql', dependsOn: ['daily', 'stg_people'] }),
  test({
    name: 'unique_gold_id',
    dependsOn: ['gold'],
    generic: { test: 'unique', attachedTo: 'model.shop.gold', column: 'id', arguments: {} },
  }),
  test({
    name: 'rel_daily_people',
    dependsOn: ['daily', 'stg_people'],
    generic: { test: 'relationships', attachedTo: 'model.shop.daily', column: 'id', arguments: {} },
  }),
  test({ name: 'no_orphans', path: 'tests/no_orphans.sql', dependsOn: ['gold', 'stg_events'] }),
);

const exposure = {
  uniqueId: 'exposure.shop.report',
  name: 'report',
  span: noSpan('models/exposures.yml'),
  values: { tags: ['weekly'] },
  dependsOn: [{ value: "ref('daily')", span: noSpan('models/exposures.yml') }],
};

function chosen(options: SelectionOptions | string, spec: Partial<Project> = {}): string {
  const shop = project(nodes, { exposures: [exposure], ...spec });
  const { graph } = buildGraph(nodes, shop);
  const selection = select(graph, shop, typeof options === 'string' ? { select: [options] } : options);
  const problems = selection.diagnostics.map(({ code, fix }) => `${code} ${fix ?? ''}`.trim());
  return [...selection.ids.map((id) => id.split('.').pop()), ...problems].sort().join(' ');
}

const models = (text: string, rest: SelectionOptions = {}) =>
  chosen({ select: [text], indirect: 'empty', ...rest });

describe('selection', () => {
  const table: readonly (readonly [string, string])[] = [
    ['gold', 'gold'],
    ['marts', 'daily gold'],
    ['shop.marts', 'daily gold'],
    ['staging.crm.stg_people', 'stg_people'],
    ['staging.*', 'stg_events stg_people'],
    ['stg_*', 'stg_events stg_people'],
    ['g?ld', 'gold'],
    ['path:models/staging', 'stg_events stg_people'],
    ['models/staging/*', 'stg_events stg_people'],
    ['models/staging/*.sql', 'stg_events'],
    ['models/**/stg_people.sql', 'stg_people'],
    ['./models/marts/gold.sql', 'gold'],
    ['gold.sql', 'gold'],
    ['file:gold', 'gold'],
    ['tag:daily', 'daily stg_events'],
    ['tag:land*', 'events'],
    ['config.materialized:incremental', 'daily'],
    ['config.meta.owner:crm', 'stg_people'],
    ['config.meta.reviewers:bob', 'stg_people'],
    ['source:raw', 'events people'],
    ['source:raw.events', 'events'],
    ['source:raw.events+1', 'events stg_events'],
    ['exposure:report', 'report'],
    ['+exposure:report', 'daily events report stg_events'],
    ['resource_type:seed', 'countries'],
    ['test_type:singular', 'no_orphans'],
    ['test_type:generic', 'rel_daily_people unique_gold_id'],
    ['test_name:rel*', 'rel_daily_people'],
    ['package:shop,resource_type:model', 'daily gold stg_events stg_people'],
    ['package:this,tag:staging', 'stg_events stg_people'],
    ['+daily', 'daily events stg_events'],
    ['1+gold', 'daily gold stg_people'],
    ['stg_events+1,resource_type:model', 'daily stg_events'],
    ['daily+,resource_type:model', 'daily gold'],
    ['@stg_events,resource_type:model', 'daily gold stg_events stg_people'],
    ['gold daily', 'daily gold'],
    ['tag:daily,config.materialized:view', 'stg_events'],
  ];

  it.each(table)('%s', (text, expected) => {
    expect(models(text)).toBe(expected);
  });

  it('excludes, restricts kinds, and takes everything without a word', () => {
    expect(models('tag:staging', { exclude: ['stg_people'] })).toBe('stg_events');
    expect(chosen({ exclude: ['resource_type:test', 'source:*', 'exposure:*', '+gold'] })).toBe('');
    expect(chosen({ resourceTypes: ['model', 'seed'] })).toBe('countries daily gold stg_events stg_people');
    expect(chosen({}).split(' ')).toHaveLength(11);
  });

  it('brings tests along as dbt does', () => {
    expect(chosen({ select: ['gold'] })).toBe('gold no_orphans unique_gold_id');
    expect(chosen({ select: ['gold'], indirect: 'cautious' })).toBe('gold unique_gold_id');
    expect(chosen({ select: ['gold stg_events'], indirect: 'cautious' })).toBe(
      'gold no_orphans stg_events unique_gold_id',
    );
    expect(chosen({ select: ['gold'], indirect: 'buildable' })).toBe('gold no_orphans unique_gold_id');
    expect(chosen({ select: ['daily'], indirect: 'buildable' })).toBe('daily');
    expect(chosen({ select: ['gold'], indirect: 'empty' })).toBe('gold');
  });

  it.each([
    ['glod', 'CH310 Did you mean `gold`?'],
    ['gold tga:x', 'CH312 Did you mean `tag`? gold'],
    ['tag:nightly', 'CH311'],
    ['source_status:fresher', 'CH313 Select by name, tag, path or config instead.'],
    ['resource_type:modle', 'CH315 Did you mean `model`?'],
    ['state:modified', "CH316 Pass --state with the folder of the earlier run's manifest.json."],
    ['selector:none', 'CH317'],
    ['@gold+', 'CH314 Write [@][n+][method:]value[+n], join by comma to intersect and by space to unite.'],
  ])('says what is wrong with %s', (text, expected) => {
    expect(models(text)).toBe(expected);
  });
});

describe('selectors.yml', () => {
  const named = (definition: ConfigValue, more: readonly ConfigValue[] = [], isDefault = false) => {
    const selectors = [definition, ...more].map((value, index) => ({
      name: `s${index}`,
      definition: value,
      isDefault: isDefault && index === 0,
      span: noSpan('selectors.yml'),
    }));
    return chosen(isDefault ? {} : { selector: 's0', indirect: 'empty' }, { selectors });
  };

  it('reads all forms of a definition', () => {
    expect(named('tag:daily,config.materialized:view')).toBe('stg_events');
    expect(named({ tag: 'daily' })).toBe('daily stg_events');
    expect(named({ method: 'fqn', value: 'daily', parents: true, parents_depth: 1 })).toBe(
      'daily stg_events',
    );
    expect(named({ union: ['gold', { method: 'tag', value: 'daily' }, { exclude: ['daily'] }] })).toBe(
      'gold stg_events',
    );
    expect(named({ intersection: [{ tag: 'daily' }, { tag: 'staging' }] })).toBe('stg_events');
    expect(named({ method: 'selector', value: 's1' }, ['gold'])).toBe('gold');
    expect(
      named({ method: 'tag', value: 'staging', exclude: [{ method: 'fqn', value: 'stg_people' }] }),
    ).toBe('stg_events');
    expect(named('gold', [], true)).toBe('gold no_orphans unique_gold_id');
  });

  it.each<[string, ConfigValue, readonly ConfigValue[]]>([
    ['CH318', ['gold'], []],
    ['CH318', { method: 'tag' }, []],
    ['CH318', { union: 'gold' }, []],
    ['CH318', { method: 'tag', value: 'x', childs: true }, []],
    ['CH319', { method: 'selector', value: 's1' }, [{ method: 'selector', value: 's0' }]],
  ])('%s', (code, definition, more) => {
    expect(named(definition, more)).toContain(code);
  });
});

describe('state and results', () => {
  const shop = project(nodes);
  const { graph } = buildGraph(nodes, shop);
  const before = fingerprints(graph, shop);

  it('selects what changed, what is new and what failed', () => {
    const edited = rendered(
      ...[...nodes.sources.values(), ...nodes.nodes.values(), ...nodes.tests.values()].map((node) =>
        node.uniqueId === 'model.shop.daily' ? { ...node, sql: 'select 2', rawSql: 'select 2' } : node,
      ),
      model({ name: 'fresh', dependsOn: ['gold'] }),
    );
    const now = buildGraph(edited, shop).graph;
    const results = new Map([['model.shop.stg_people', 'error']]);
    const state = compareState({ fingerprints: before, results }, now, shop);
    const names = (text: string) =>
      select(now, shop, { select: [text], indirect: 'empty', state }).ids.map((id) => id.split('.').pop());
    expect(names('state:modified')).toEqual(['daily', 'fresh']);
    expect(names('state:modified.body')).toEqual(['daily', 'fresh']);
    expect(names('state:modified.configs')).toEqual(['fresh']);
    expect(names('state:new')).toEqual(['fresh']);
    expect(names('state:modified+1,resource_type:model')).toEqual(['daily', 'gold', 'fresh']);
    expect(names('result:error+,resource_type:model')).toEqual(['stg_people', 'gold', 'fresh']);
  });
});
