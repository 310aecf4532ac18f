import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import type { Exposure } from '../../../core/1-load/index.ts';
import {
  buildCatalog,
  buildManifest,
  buildRunResults,
  newInvocation,
  writeArtifacts,
} from '../../../core/7-run/index.ts';
import {
  build,
  column,
  dataTest,
  folder,
  graphOf,
  model,
  openIn,
  projectOf,
  seed,
  snapshot,
  source,
} from './fixtures.ts';

const ajv = new Ajv2020({ strict: false, validateFormats: false });
const [isManifest, isRunResults, isCatalog] = ['manifest-v12', 'run-results-v6', 'catalog-v1'].map((name) =>
  ajv.compile(JSON.parse(readFileSync(join(import.meta.dirname, 'dbt-schemas', `${name}.json`), 'utf8'))),
);

function shop(root: string) {
  mkdirSync(join(root, 'seeds'));
  mkdirSync(join(root, 'data'));
  writeFileSync(join(root, 'seeds/tiers.csv'), 'tier,weight\ngold,10\n');
  writeFileSync(join(root, 'data/c.csv'), 'id,tier\n1,gold\n');
  const at = { value: 'loaded_at', span: column('x').span };
  return graphOf(
    source('customers', 'data/*.csv', [{ ...column('id', 'bigint'), availableAt: at }]),
    seed('tiers', { config: { columnTypes: { weight: 'integer' } } }),
    model('stg', 'select * from raw.customers', {
      config: {
        materialized: 'view',
        tags: ['silver'],
        meta: { owner: 'data' },
        raw: { materialized: 'view', docs: { show: true } },
      },
      reads: ['source.shop.raw.customers'],
      columns: [column('id', 'bigint', ['not_null', { type: 'check', expression: 'id > 0' }])],
    }),
    model('inner', 'select 1 as id', { config: { materialized: 'ephemeral' } }),
    model('gold', 'select id, weight from main_test.stg join main_test.tiers using (tier)', {
      config: {
        materialized: 'incremental',
        uniqueKey: ['id'],
        preHook: ['select 1'],
        contractEnforced: false,
      },
      reads: ['model.shop.stg', 'seed.shop.tiers'],
    }),
    snapshot('history', 'select * from main_test.gold', {
      config: {
        uniqueKey: ['id'],
        snapshot: { strategy: 'check', checkColumns: ['weight'], hardDeletes: 'invalidate' },
      },
      reads: ['model.shop.gold'],
    }),
    {
      ...dataTest(
        'unique_gold_id',
        'select id from main_test.gold group by id having count(*) > 1',
        ['model.shop.gold'],
        { storeFailures: true },
      ),
      generic: {
        test: 'unique',
        attachedTo: 'model.shop.gold',
        column: 'id',
        arguments: { column_name: 'id' },
      },
    },
    dataTest('no_zero', 'select id from main_test.gold where weight >= 10', [
      'model.shop.gold',
      'model.shop.stg',
    ]),
  );
}

const exposure: Exposure = {
  uniqueId: 'exposure.shop.board',
  name: 'board',
  span: column('x').span,
  values: { type: 'dashboard', owner: { name: 'Ann', email: 'ann@example.com' } },
  dependsOn: [{ value: "ref('gold')", span: column('x').span }],
};

describe('artifacts', () => {
  test("are valid against dbt's published schemas", async () => {
    const root = folder();
    const graph = shop(root);
    const adapter = await openIn(root);
    const outcome = await build(adapter, root, graph);
    const macros = [
      {
        file: { path: 'macros/m.sql', text: '{% macro cents(x) %}{{ x }}{% endmacro %}', hash: 'h' },
        language: 'sql' as const,
      },
      {
        file: { path: 'macros/t.ts', text: 'export const rolling = 1;', hash: 'i' },
        language: 'ts' as const,
      },
    ];
    const docs = new Map([['gold', { name: 'gold', text: 'The gold table.', span: column('x').span }]]);
    const project = projectOf(root, { macros, docs, exposures: [exposure] });
    const invocation = newInvocation('0.1.0');
    const manifest = JSON.parse(JSON.stringify(buildManifest(project, graph, invocation)));
    const results = JSON.parse(JSON.stringify(buildRunResults(outcome, { which: 'build' }, invocation)));
    const catalog = JSON.parse(JSON.stringify(buildCatalog(graph, await adapter.inspect(), invocation)));

    isManifest?.(manifest);
    expect(isManifest?.errors ?? []).toEqual([]);
    isRunResults?.(results);
    expect(isRunResults?.errors ?? []).toEqual([]);
    isCatalog?.(catalog);
    expect(isCatalog?.errors ?? []).toEqual([]);

    expect(Object.keys(manifest.nodes)).toHaveLength(7);
    expect(Object.keys(manifest.macros)).toEqual(['macro.shop.cents', 'macro.shop.rolling']);
    expect(manifest.exposures['exposure.shop.board'].depends_on.nodes).toEqual(['model.shop.gold']);
    expect(manifest.nodes['model.shop.gold'].config.churn_fingerprint.body).toMatch(/\S/);
    expect(manifest.sources['source.shop.raw.customers'].columns.id.available_at).toBe('loaded_at');
    // Two threads: which of the first two ends first is the machine's affair.
    const statuses = results.results.map((result: { unique_id: string; status: string }) => [
      result.unique_id,
      result.status,
    ]);
    expect(statuses.slice(0, 2).sort()).toEqual([
      ['model.shop.stg', 'success'],
      ['seed.shop.tiers', 'success'],
    ]);
    expect(statuses.slice(2)).toEqual([
      ['test.shop.unique_gold_id', 'pass'],
      ['test.shop.no_zero', 'fail'],
      ['model.shop.gold', 'error'],
      ['snapshot.shop.history', 'skipped'],
    ]);
    expect(Object.keys(catalog.nodes)).toEqual(['seed.shop.tiers', 'model.shop.stg']);
    expect(catalog.nodes['seed.shop.tiers'].columns.weight).toEqual({
      type: 'INTEGER',
      index: 2,
      name: 'weight',
      comment: null,
    });
    expect(catalog.nodes['seed.shop.tiers'].stats.row_count.value).toBe(1);
  });

  test('the schemas refuse what dbt would refuse', () => {
    expect(isRunResults?.({ metadata: {}, results: [], elapsed_time: 'long' })).toBe(false);
    expect(isManifest?.({ metadata: {}, nodes: { a: { resource_type: 'model' } } })).toBe(false);
  });

  test('files are replaced whole, and what cannot be written is reported', () => {
    const root = folder();
    const target = join(root, 'target');
    expect(writeArtifacts(target, { 'a.json': { n: 1 } })).toEqual([]);
    expect(writeArtifacts(target, { 'a.json': { n: 2 } })).toEqual([]);
    expect(readFileSync(join(target, 'a.json'), 'utf8')).toBe('{"n":2}\n');
    expect(readdirSync(target)).toEqual(['a.json']);
    writeFileSync(join(root, 'file'), '');
    expect(writeArtifacts(join(root, 'file/below'), { 'a.json': {} }).map(({ code }) => code)).toEqual([
      'CH707',
    ]);
    mkdirSync(join(target, 'b.json'));
    expect(writeArtifacts(target, { 'b.json': {} }).map(({ code }) => code)).toEqual(['CH707']);
    expect(readdirSync(target).sort()).toEqual(['a.json', 'b.json']);
  });
});
